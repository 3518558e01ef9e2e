//! The register of permissions as a file for spreadsheets, narrowed as the list is.

use std::sync::Arc;

use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use identity::Caller;
use web::{ExportColumn, ExportForm, Query, Sheet, Shell};

use super::desk::PermissionsAsked;
use crate::{Devices, EXPORT_ROWS_MAX, attached};

const COLUMNS: [&str; 9] =
    ["vpn", "person", "device", "from", "until", "state", "granted_by", "issued_at", "ended_at"];

pub(super) async fn file(
    State(devices): State<Arc<Devices>>,
    Caller(actor): Caller,
    Query(asked): Query<PermissionsAsked>,
    shell: Shell,
) -> Result<Response, web::Error> {
    let columns = COLUMNS
        .map(|key| {
            let label = shell.t(&format!("vpn-column-{}", key.replace('_', "-")));
            ExportColumn { key, label }
        })
        .to_vec();
    let sheet = Sheet { form: ExportForm::Csv, columns, offset: devices.offset };
    let (mut out, mut count) = (sheet.head(), 0);
    let mut asked = PermissionsAsked { cursor: String::new(), ..asked };
    loop {
        let listed = devices.permissions(&actor, &asked).await?;
        let about = devices.about_permissions(&listed.permissions).await?;
        for held in &listed.permissions {
            let row = about.row(&shell, held, devices.clock.now());
            let cells = vec![
                row.vpn.into(),
                row.person.into(),
                row.device.into(),
                held.from_at.into(),
                held.until_at.into(),
                row.state.into(),
                row.granted_by.into(),
                held.issued_at.into(),
                held.ended_at.into(),
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
    let name = format!("{}.csv", shell.t("vpn-permissions-title"));
    Ok((attached(&name, ExportForm::Csv.media_type()), out).into_response())
}
