using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace GraphGateway.ControlPlane;

/// <summary>What the operations of the API work with.</summary>
/// <param name="Registry">The registry.</param>
/// <param name="Keys">Its keys.</param>
/// <param name="Pepper">What keys are hashed with.</param>
/// <param name="Clock">Tells the time.</param>
/// <param name="AnswerBytes">How many bytes of answers are on their way at most.</param>
internal sealed record ApiServices(SchemaRegistry Registry, ApiKeyStore Keys, byte[] Pepper, TimeProvider Clock, long AnswerBytes)
{
    /// <summary>Who waits for what is published.</summary>
    public LiveWatch Live { get; } = new(Registry.LiveAsync, Clock);

    /// <summary>Supergraphs that are sent.</summary>
    public SentSupergraphs Sent { get; } = new();

    /// <summary>What is on its way to who asked.</summary>
    public AnswerRoom Answers { get; } = new(AnswerBytes);

    /// <summary>What has come of bodies.</summary>
    public BodyRoom Bodies { get; } = new();

    /// <summary>On what the store is asked.</summary>
    public StoreThreads Threads { get; } = new(StoreThreads.UsualCount, "Registry", Clock);

    /// <summary>What reports of usage may tell of.</summary>
    public KnownMembers Members { get; } = new(Registry);
}

/// <summary>One request to the API, from somebody whose key is valid.</summary>
internal sealed class ApiCall(HttpContext context, ApiServices services, ApiCaller caller, CancellationToken cancellation)
{
    /// <summary>How a problem ends that names a member of the body which is not known, or is none of its type.</summary>
    internal const string Unknown = "is not what it should be, or is not known.";

    private static readonly TimeSpan BodyTime = TimeSpan.FromSeconds(60);

    /// <summary>What is told where there is no (more) room for a body.</summary>
    public static readonly ApiProblem NoRoom = new(ApiProblemCode.Busy, "Others send so much now that there is no room for more.", "Try again later.");

    private BodyRoom.Place? received;

    public SchemaRegistry Registry => services.Registry;

    public ApiServices Services => services;

    public ApiCaller Caller => caller;

    public DateTimeOffset Now => services.Clock.GetUtcNow();

    public CancellationToken Cancellation => cancellation;

    public string Graph => Route("graph");

    public string Stage => Route("stage");

    /// <summary>What stands in the path.</summary>
    public string Route(string name) => RouteOrNull(name)!;

    public string? RouteOrNull(string name) => context.Request.RouteValues[name] as string;

    /// <summary>A text of the query; null where it is not there.</summary>
    public string? Text(string name) => context.Request.Query[name] is { Count: > 0 } values ? values[^1] : null;

    /// <summary>The number of a launch or a version that stands in the path.</summary>
    public bool TryRouteNumber(string name, out int number) => TryNumber(Route(name), out number);

    /// <summary>A number of the query; what is there instead when it is missing. False where it is none.</summary>
    public bool TryNumber(string name, int? otherwise, int most, out int? number)
    {
        number = otherwise;
        if (Text(name) is not { } text)
        {
            return true;
        }

        var isNumber = TryNumber(text, out var read) && read <= most;
        number = isNumber ? read : null;
        return isNumber;
    }

    /// <summary>Why the query cannot be used; null where it can.</summary>
    public ApiProblem? FindProblem(ApiOperation operation)
    {
        foreach (var (name, values) in context.Request.Query)
        {
            // No store, and no name of ours, has it.
            if (RegistryLimits.IsUnfit(name) || values.Any(value => RegistryLimits.IsUnfit(value ?? "")))
            {
                return ApiProblem.Argument($"A part of the query {UnfitTextException.Reason}");
            }

            if (operation.Query.All(parameter => parameter.Name != name))
            {
                return ApiProblem.Argument($"{operation.Id} does not take \"{(name.Length > 50 ? name[..50] : name)}\".");
            }

            if (values.Count > 1)
            {
                return ApiProblem.Argument($"\"{name}\" comes more than once.");
            }
        }

        return operation.Query.FirstOrDefault(parameter => parameter.IsNumber && !TryNumber(parameter.Name, null, int.MaxValue, out _)) is { } wrong
            ? ApiProblem.Argument($"\"{wrong.Name}\" is a whole number above zero.")
            : null;
    }

    /// <summary>Takes in the bytes of the body, in a time of its own; or says why not.</summary>
    /// <param name="room">Where they go; null: there is no room.</param>
    public async Task<ApiProblem?> ReceiveAsync(BodyRoom.Place? room)
    {
        received = room;
        if (!IsJson(context.Request.ContentType))
        {
            return new ApiProblem(ApiProblemCode.MediaTypeUnsupported, "The body is not said to be JSON.", "Send it with Content-Type: application/json.");
        }

        using var late = new CancellationTokenSource(BodyTime, services.Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellation);
        try
        {
            return room is not null && await room.TryReadAsync(context.Request.Body, either.Token) ? null : NoRoom;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return Invalid(string.Create(CultureInfo.InvariantCulture, $"It has not come within {BodyTime.TotalSeconds:0} seconds."));
        }
        catch (BadHttpRequestException exception) when (exception.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return new ApiProblem(
                ApiProblemCode.BodyTooLarge, $"The body is larger than {RegistryServer.BodyBytes} bytes.", "Send fewer sources at a time, or use the command line with --store.");
        }
        catch (BadHttpRequestException exception)
        {
            return Invalid(exception.Message);
        }
        catch (IOException)
        {
            // Whoever sent it has gone.
            return Invalid("It has not come whole.");
        }
    }

    /// <summary>The body that was received; or why it is none. Its bytes are let go.</summary>
    public (T? Body, ApiProblem? Problem) Read<T>()
        where T : class
    {
        using var bytes = received!;
        try
        {
            var text = bytes.Bytes.StartsWith(Mark) ? bytes.Bytes[Mark.Length..] : bytes.Bytes;
            var body = JsonSerializer.Deserialize<T>(text, ApiJson.BodyOptions);
            return body is not null ? (body, null) : (null, Invalid("It is null."));
        }
        catch (JsonException exception)
        {
            return (null, Invalid(Describe(exception)));
        }
    }

    public static ApiProblem Invalid(string detail) => new(ApiProblemCode.BodyInvalid, detail, "GET /openapi.json tells what the body is.");

    public ApiProblem Forbidden(string detail) => new(
        ApiProblemCode.Forbidden,
        $"The key of {caller.Name} {detail}",
        $"It may: {(caller.Scopes.IsEmpty ? "nothing" : string.Join(", ", caller.Scopes))}. Who has an admin key can make one that may more.");

    // Some programs write it before UTF-8.
    private static ReadOnlySpan<byte> Mark => [0xEF, 0xBB, 0xBF];

    private static bool IsJson(string? contentType) =>
        contentType is not null && contentType.Split(';')[0].Trim().Equals("application/json", StringComparison.OrdinalIgnoreCase);

    private static bool TryNumber(string text, out int number) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number > 0;

    // The message names .NET's types, the place is enough.
    private static string Describe(JsonException exception) =>
        MissingIn(exception) is { } missing ? $"{(exception.Path is { Length: > 1 } at ? Short(at) : "It")} lacks {missing}."
        : exception is UnfitTextException ? $"{Short(exception.Path ?? "$")} {UnfitTextException.Reason}"
        : exception.Path is { Length: > 1 } path ? $"{Short(path)} {Unknown}"
        : exception.LineNumber is { } line ? $"It is no such JSON object; at line {line + 1}, byte {exception.BytePositionInLine + 1}."
        : "It is no such JSON object: a member is missing, or not known.";

    // .NET tells them in the message alone: 'source', 'schema'. Other messages of it have names of the body in them, which are anybody's text.
    private static string? MissingIn(JsonException exception)
    {
        const string start = "JSON deserialization for type ";
        const string mark = "missing required properties including: ";
        var from = exception.Message.StartsWith(start, StringComparison.Ordinal) ? exception.Message.IndexOf(mark, StringComparison.Ordinal) : -1;
        return from >= 0 && exception.Message.IndexOf('.', from) is > 0 and var end ? exception.Message[(from + mark.Length)..end].Replace('\'', '"') : null;
    }

    // It has names of the body in it.
    private static string Short(string path) => UnseenText.Show(path.Length > 200 ? path.AsSpan(0, 200) : path, static number => $"U+{number:X4}");
}
