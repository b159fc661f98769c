using System.Data.Common;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace GraphGateway.Subgraphs.Server.Seeding;

/// <summary>
/// Writes many rows of one entity with statements of many rows each. SaveChanges would track each row and send a statement for it:
/// tens of thousands of rows would keep a first start waiting.
/// </summary>
public static class BulkInsert
{
    // SQLite takes 32,766 parameters a statement, PostgreSQL 65,535; beyond some hundred a statement gets no faster.
    private const int ParametersPerStatement = 1_000;

    /// <summary>Inserts the rows, their keys included, in the context's current transaction.</summary>
    public static async Task InsertAsync<T>(DbContext db, IReadOnlyList<T> rows, CancellationToken cancellation)
        where T : class
    {
        var entity = db.Model.FindEntityType(typeof(T)) ?? throw new ArgumentException($"{typeof(T).Name} is no entity of {db.GetType().Name}.");
        var properties = entity.GetProperties().ToArray();
        var rowsPerStatement = Math.Max(1, ParametersPerStatement / properties.Length);
        var whole = rows.Count / rowsPerStatement * rowsPerStatement;
        await InsertChunksAsync(db, entity, properties, rows, (0, whole), rowsPerStatement, cancellation).ConfigureAwait(false);
        await InsertChunksAsync(db, entity, properties, rows, (whole, rows.Count), rows.Count - whole, cancellation).ConfigureAwait(false);
        if (db.Database.IsNpgsql())
        {
            await ContinueKeysAsync(db, entity, cancellation).ConfigureAwait(false);
        }
    }

    private static async Task InsertChunksAsync<T>(
        DbContext db, IEntityType entity, IProperty[] properties, IReadOnlyList<T> rows,
        (int Start, int End) range, int rowsPerStatement, CancellationToken cancellation)
        where T : class
    {
        if (range.Start == range.End)
        {
            return;
        }

        await using var command = CreateCommand(db, entity, properties, rowsPerStatement);
        for (var start = range.Start; start < range.End; start += rowsPerStatement)
        {
            for (var i = 0; i < rowsPerStatement * properties.Length; i++)
            {
                var property = properties[i % properties.Length];
                var value = property.PropertyInfo!.GetValue(rows[start + (i / properties.Length)]);
                var converter = property.GetRelationalTypeMapping().Converter;
                command.Parameters[i].Value = (converter is null ? value : converter.ConvertToProvider(value)) ?? DBNull.Value;
            }

            await command.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
        }
    }

    private static DbCommand CreateCommand(DbContext db, IEntityType entity, IProperty[] properties, int rows)
    {
        var sql = db.GetService<ISqlGenerationHelper>();
        var command = db.Database.GetDbConnection().CreateCommand();
        command.Transaction = db.Database.CurrentTransaction?.GetDbTransaction();
        var text = new StringBuilder("INSERT INTO ").Append(TableName(sql, entity)).Append(" (")
            .AppendJoin(", ", properties.Select(property => sql.DelimitIdentifier(property.GetColumnName()))).Append(") VALUES ");
        for (var row = 0; row < rows; row++)
        {
            text.Append(row == 0 ? "(" : ", (");
            for (var column = 0; column < properties.Length; column++)
            {
                var name = $"@p{(row * properties.Length) + column}";
                text.Append(column == 0 ? "" : ", ").Append(name);
                command.Parameters.Add(properties[column].GetRelationalTypeMapping().CreateParameter(command, name, null, properties[column].IsNullable));
            }

            text.Append(')');
        }

        command.CommandText = text.ToString();
        return command;
    }

    // PostgreSQL's sequence does not notice keys that were given: the first new row would collide with the first old one.
    private static async Task ContinueKeysAsync(DbContext db, IEntityType entity, CancellationToken cancellation)
    {
        if (entity.FindPrimaryKey() is not { Properties: [{ ValueGenerated: ValueGenerated.OnAdd } key] })
        {
            return;
        }

        var sql = db.GetService<ISqlGenerationHelper>();
        var (table, column) = (TableName(sql, entity), key.GetColumnName());
        var statement = $"SELECT setval(pg_get_serial_sequence('{table}', '{column}'), (SELECT MAX({sql.DelimitIdentifier(column)}) FROM {table}))";
        await db.Database.ExecuteSqlRawAsync(statement, cancellation).ConfigureAwait(false);
    }

    private static string TableName(ISqlGenerationHelper sql, IEntityType entity) => sql.DelimitIdentifier(entity.GetTableName()!, entity.GetSchema());
}
