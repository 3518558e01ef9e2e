//! Reports of loss as a file for spreadsheets, narrowed as the list is.

use std::sync::Arc;

use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use identity::Caller;
use web::{ExportColumn, ExportForm, Query, Sheet, Shell};

use super::desk::LossesAsked;
use crate::{Devices, EXPORT_ROWS_MAX, attached};

/// Each with the key of its label.
const COLUMNS: [(&str, &str); 7] = [
    ("person", "loss-whose"),
    ("lost_at", "loss-lost-on"),
    ("reported_at", "loss-reported"),
    ("reported_by", "loss-reporter"),
    ("words", "loss-words"),
    ("enabled_at", "loss-enabled"),
    ("reason", "loss-reason"),
];

pub(super) async fn file(
    State(devices): State<Arc<Devices>>,
    Caller(actor): Caller,
    Query(asked): Query<LossesAsked>,
    shell: Shell,
) -> Result<Response, web::Error> {
    let columns = COLUMNS.map(|(key, label)| ExportColumn { key, label: shell.t(label) }).to_vec();
    let sheet = Sheet { form: ExportForm::Csv, columns, offset: devices.offset };
    let (mut out, mut count) = (sheet.head(), 0);
    let mut asked = LossesAsked { cursor: String::new(), ..asked };
    loop {
        let listed = devices.losses(&actor, &asked).await?;
        let people = listed.losses.iter().flat_map(|loss| [Some(loss.person), Some(loss.reported_by)]);
        let names = devices.names(people).await?;
        for loss in &listed.losses {
            let cells = vec![
                names.get(&loss.person).map(|name| shell.text(name)).into(),
                loss.lost_at.into(),
                loss.reported_at.into(),
                names.get(&loss.reported_by).map(|name| shell.text(name)).into(),
                loss.words.as_str().into(),
                loss.enabled_at.into(),
                loss.reason.as_str().into(),
            ];
            sheet.row(count, cells, &mut out);
            count += 1;
        }
        match listed.next {
            Some(next) if count < EXPORT_ROWS_MAX => asked.cursor = next,
            _ => break,
        }
    }
    out += sheet.tail();
    let name = format!("{}.csv", shell.t("loss-list-title"));
    Ok((attached(&name, ExportForm::Csv.media_type()), out).into_response())
}
