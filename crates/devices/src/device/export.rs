//! The inventory as a file for spreadsheets, narrowed as the list is.

use std::sync::Arc;

use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use identity::Caller;
use web::{ExportColumn, ExportForm, Query, Sheet, Shell};

use super::{
    desk::DevicesAsked,
    view::{ownership_word, state_word},
};
use crate::{Devices, EXPORT_ROWS_MAX, attached};

/// Each with the key of its label.
const COLUMNS: [(&str, &str); 9] = [
    ("name", "device-name"),
    ("holder", "device-holder"),
    ("body", "device-body"),
    ("ownership", "device-ownership"),
    ("state", "device-state"),
    ("system", "device-system"),
    ("version", "system-release-version"),
    ("registered_at", "device-registered"),
    ("reported_at", "device-reported"),
];

pub(super) async fn file(
    State(devices): State<Arc<Devices>>,
    Caller(actor): Caller,
    Query(asked): Query<DevicesAsked>,
    shell: Shell,
) -> Result<Response, web::Error> {
    let columns = COLUMNS.map(|(key, label)| ExportColumn { key, label: shell.t(label) }).to_vec();
    let sheet = Sheet { form: ExportForm::Csv, columns, offset: devices.offset };
    let (mut out, mut count) = (sheet.head(), 0);
    let mut asked = DevicesAsked { cursor: String::new(), ..asked };
    loop {
        let listed = devices.inventory(&actor, &asked).await?;
        for device in &listed.devices {
            let (holder, body) = (listed.names.get(&device.holder), listed.bodies.get(&device.body));
            let cells = vec![
                device.name.as_str().into(),
                holder.map(|name| shell.text(name)).into(),
                body.map(|body| shell.text(&body.name)).into(),
                ownership_word(&shell, device.ownership).into(),
                state_word(&shell, device.state).into(),
                device.system.as_str().into(),
                device.version.as_str().into(),
                device.registered_at.into(),
                device.reported_at.into(),
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
    let name = format!("{}.csv", shell.t("device-list-title"));
    Ok((attached(&name, ExportForm::Csv.media_type()), out).into_response())
}
