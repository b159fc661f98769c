using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;

namespace GraphGateway.Gateway;

/// <summary>
/// Where it is said what of the cache is to be forgotten: a POST at an address of its own, with a key of its own in <c>Authorization</c>, as it is or after
/// <c>Bearer</c>. Without a key there is no such address. It answers how many there were: <c>{"count":3}</c>.
/// </summary>
internal sealed class InvalidationPage(InvalidationOptions options, CurrentGraph current, Invalidations invalidations, ILogger<InvalidationPage> logger, SharedCache? shared = null)
{
    private const int MostBytes = 1024 * 1024;

    /// <summary>Answers one request.</summary>
    public async Task AnswerAsync(HttpContext context)
    {
        // Who has no key hears nothing of paths and methods.
        if (!IsAllowed(context.Request.Headers.Authorization.ToString()))
        {
            context.Response.Headers.WWWAuthenticate = "Bearer";
            await WriteAsync(context, StatusCodes.Status401Unauthorized, ["Authorization does not have the key."]);
        }
        else if (context.Request.Path != options.Url.AbsolutePath)
        {
            await WriteAsync(context, StatusCodes.Status404NotFound, [$"There is nothing here but {options.Url.AbsolutePath}."]);
        }
        else if (!HttpMethods.IsPost(context.Request.Method))
        {
            context.Response.Headers.Allow = "POST";
            await WriteAsync(context, StatusCodes.Status405MethodNotAllowed, ["Send it with POST."]);
        }
        else
        {
            await ForgetAsync(context);
        }
    }

    private async Task ForgetAsync(HttpContext context)
    {
        if (await ReadAsync(context) is not { } body)
        {
            await WriteAsync(context, StatusCodes.Status413PayloadTooLarge, [$"The body is larger than {MostBytes} bytes."]);
            return;
        }

        JsonDocument json;
        try
        {
            json = JsonDocument.Parse(body);
        }
        catch (JsonException)
        {
            await WriteAsync(context, StatusCodes.Status400BadRequest, ["The body is no JSON."]);
            return;
        }

        using (json)
        {
            var (read, problems) = new InvalidationReader(current.Graph.Supergraph).Read(json.RootElement);
            if (!problems.IsEmpty)
            {
                await WriteAsync(context, StatusCodes.Status400BadRequest, problems);
                return;
            }

            string? refusal = null;
            var told = shared is null ? null : await shared.ForgetAsync(read, reason => refusal = reason);
            var count = told ?? read.Sum(invalidations.Apply);
            foreach (var invalidation in read)
            {
                var sources = invalidation.Sources.IsEmpty ? "all sources" : string.Join(", ", invalidation.Sources);
                logger.LogInformation("To be forgotten: {Kind} of {Sources} {Type} {Tag}", invalidation.Kind, sources, invalidation.Type, invalidation.Tag);
            }

            logger.LogInformation("Forgotten of answers and entities: {Count}", count);
            if (shared is not null && told is null)
            {
                await WriteAsync(context, StatusCodes.Status503ServiceUnavailable, [Untold(count, refusal)]);
                return;
            }

            await WriteAsync(context, StatusCodes.Status200OK, writer => writer.WriteNumber("count", count));
        }
    }

    private static string Untold(int count, string? refusal) =>
        $"This gateway has forgotten {count}. The shared store {(refusal is null ? "does not answer" : $"refuses it ({refusal})")}, so others may have not: this gateway tells it as soon as it {(refusal is null ? "does" : "takes it")}."
        + " Say it again to hear when that is done.";

    private static async Task<ReadOnlyMemory<byte>?> ReadAsync(HttpContext context)
    {
        var body = new byte[MostBytes + 1];
        var length = await context.Request.Body.ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false, context.RequestAborted);
        return length > MostBytes ? default(ReadOnlyMemory<byte>?) : body.AsMemory(0, length);
    }

    // Both are hashed, so that the time tells nothing of their lengths, either.
    private bool IsAllowed(string authorization)
    {
        const string bearer = "Bearer ";
        var shown = authorization.StartsWith(bearer, StringComparison.OrdinalIgnoreCase) ? authorization[bearer.Length..].Trim() : authorization.Trim();
        return CryptographicOperations.FixedTimeEquals(InvalidationOptions.HashOf(shown), options.KeyHash.AsSpan());
    }

    private static Task WriteAsync(HttpContext context, int status, ImmutableArray<string> problems) => WriteAsync(context, status, writer =>
    {
        writer.WriteStartArray("errors");
        foreach (var problem in problems)
        {
            writer.WriteStartObject();
            writer.WriteString("message", problem);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    });

    private static async Task WriteAsync(HttpContext context, int status, Action<Utf8JsonWriter> write)
    {
        (context.Response.StatusCode, context.Response.ContentType) = (status, "application/json");
        context.Response.Headers.CacheControl = "no-store";
        await using var writer = new Utf8JsonWriter(context.Response.BodyWriter);
        writer.WriteStartObject();
        write(writer);
        writer.WriteEndObject();
        await writer.FlushAsync(context.RequestAborted);
    }
}
