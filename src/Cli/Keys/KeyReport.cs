using System.Collections.Immutable;
using System.Globalization;
using GraphGateway.ControlPlane;

namespace GraphGateway.Cli;

/// <summary>
/// Tells what became of keys. A key that was made stands alone on the standard output, so that it can be handed on by a pipe; what there is to say of it goes to
/// the standard error. With <c>--json</c> all is one object on the standard output.
/// </summary>
internal sealed class KeyReport(TextWriter output, TextWriter error, bool isJson)
{
    internal int Made(MadeApiKey made, string text)
    {
        if (isJson)
        {
            output.WriteLine(JsonText.Of(new
            {
                Success = true,
                Key = made.Text,
                made.Key.Id,
                made.Key.Grant.Consumer,
                made.Key.Grant.Plan,
                made.Key.Grant.Scopes,
                Expires = made.Key.Grant.Expires is { } end ? Time(end) : null,
            }));
            return 0;
        }

        output.WriteLine(made.Text);
        error.WriteLine(text);
        error.WriteLine("It is shown this once, and stored nowhere: keep it safe.");
        return 0;
    }

    internal int List(ImmutableArray<ApiKey> keys, DateTimeOffset now)
    {
        if (isJson)
        {
            output.WriteLine(JsonText.Of(new { Success = true, Keys = keys.Select(key => Json(key, now)) }));
            return 0;
        }

        if (keys.IsEmpty)
        {
            error.WriteLine("There are no keys. `graphgateway keys create --consumer NAME` makes one.");
            return 0;
        }

        TextTable.Write(output, [["ID", "CONSUMER", "PLAN", "SCOPES", "CREATED", "EXPIRES", "STATE"], .. keys.Select(key => Row(key, now))]);
        return 0;
    }

    internal int Revoked(string id, string consequence)
    {
        output.WriteLine(isJson ? JsonText.Of(new { Success = true, Id = id }) : $"Key {id} is revoked. {consequence}");
        return 0;
    }

    internal int Fail(string message)
    {
        if (isJson)
        {
            output.WriteLine(JsonText.Of(new { Success = false, Problems = new[] { new { Message = message } } }));
        }
        else
        {
            error.WriteLine(message);
        }

        return 1;
    }

    internal static string Describe(ApiKeyGrant grant) =>
        $"for {grant.Consumer}, {(grant.Plan is null ? "no plan" : $"plan {grant.Plan}")}, "
        + $"{(grant.Scopes.IsEmpty ? "no scopes" : $"scopes {string.Join(' ', grant.Scopes)}")}, "
        + (grant.Expires is { } end ? $"valid until {Time(end)}" : "valid until it is revoked");

    internal static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string[] Row(ApiKey key, DateTimeOffset now) =>
    [
        key.Id, key.Grant.Consumer, key.Grant.Plan ?? "-", key.Grant.Scopes.IsEmpty ? "-" : string.Join(' ', key.Grant.Scopes), Time(key.Created),
        key.Grant.Expires is { } end ? Time(end) : "-", key.ReplacedBy is null ? StateOf(key, now) : $"{StateOf(key, now)}, replaced by {key.ReplacedBy}",
    ];

    private static object Json(ApiKey key, DateTimeOffset now) => new
    {
        key.Id,
        key.Grant.Consumer,
        key.Grant.Plan,
        key.Grant.Scopes,
        Created = Time(key.Created),
        Expires = key.Grant.Expires is { } end ? Time(end) : null,
        Revoked = key.Revoked is { } revoked ? Time(revoked) : null,
        key.ReplacedBy,
        State = StateOf(key, now),
    };

    private static string StateOf(ApiKey key, DateTimeOffset now) =>
        key.Revoked is not null ? "revoked" : key.Grant.Expires <= now ? "expired" : "valid";
}
