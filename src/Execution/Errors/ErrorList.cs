using System.Runtime.InteropServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using GraphGateway.Language;

namespace GraphGateway.Execution;

/// <summary>
/// The errors of an answer, ordered by the step they come from, its requests, and then by their place in the answer, so that they do not depend
/// on which source was faster. Those beyond the limit are counted.
/// </summary>
internal sealed class ErrorList(ExecutionOptions options)
{
    /// <summary>The place of what stands after all requests of its step.</summary>
    public const int AfterRequests = int.MaxValue;

    // So many errors more than those that are kept are looked at in one go.
    private const int MostAbove = 64;

    private readonly List<(int Step, int Request, ResponseError Error)> errors = [];

    /// <summary>How answers are written: compact, and no escapes that JSON does not ask for.</summary>
    public static JsonWriterOptions JsonOptions { get; } =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>The number of the request, in the order in which they were made, that the errors added from now on come from; or <see cref="AfterRequests"/>.</summary>
    public int Request { get; set; } = AfterRequests;

    /// <summary>Errors that were found, those left out included.</summary>
    public int Count { get; private set; }

    /// <summary>The gateway's own codes of those that are not left out.</summary>
    public IEnumerable<ErrorCode> Codes => Kept().Select(error => error.Error.Code);

    /// <summary>A source's error, masked unless the source's errors are forwarded.</summary>
    public void Add(CompiledStep step, SourceError error, object[]? path)
    {
        var isForwarded = step.Source.IsGateway || options.ForwardsErrors(step.Source);
        Add(step.Step.Id, new ResponseError
        {
            MessageJson = isForwarded ? error.MessageJson : null,
            Message = "Unexpected error from a source.",
            Path = path,
            Code = ErrorCode.DownstreamServiceError,
            Service = options.NamesSources && !step.Source.IsGateway ? step.Source.Name : null,
            ExtensionsJson = isForwarded ? error.ExtensionsJson : [],
        });
    }

    /// <summary>A failure, at one of the fields that have no value because of it.</summary>
    public void Add(Failure failure, object[] path)
    {
        if (failure.Error is { } error)
        {
            Add(failure.Step, error, path);
            return;
        }

        Add(failure.Step.Step.Id, new ResponseError
        {
            Message = failure.Message,
            Path = path,
            Code = failure.Code,
            Service = options.NamesSources ? failure.Step.Source.Name : null,
        });
    }

    /// <summary>An error of the gateway's own; it stands after those of the steps.</summary>
    public void Add(string message, ErrorCode code, object[] path) =>
        Add(int.MaxValue, new ResponseError { Message = message, Path = path, Code = code });

    /// <summary>The JSON array.</summary>
    public void WriteTo(Utf8JsonWriter writer)
    {
        writer.WriteStartArray();
        foreach (var (_, _, error) in Kept())
        {
            error.WriteTo(writer);
        }

        if (Count > options.MaxErrors)
        {
            writer.WriteStartObject();
            writer.WriteString("message"u8, $"{Count - options.MaxErrors} more errors were left out.");
            writer.WriteStartObject("extensions"u8);
            writer.WriteString("code"u8, ErrorCode.TooManyErrors.ToWire());
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private void Add(int order, ResponseError error)
    {
        Count++;
        errors.Add((order, Request, error));
        if (errors.Count >= 2L * options.MaxErrors + MostAbove)
        {
            // Which ones are left out does not depend on which source was faster either.
            (int, int, ResponseError)[] kept = [.. Kept()];
            errors.Clear();
            errors.AddRange(kept);
        }
    }

    // The sort is stable: what one request brought stays in the order of the answer.
    private IEnumerable<(int Step, int Request, ResponseError Error)> Kept() =>
        errors.OrderBy(error => error.Step).ThenBy(error => error.Request).Take(options.MaxErrors);
}

/// <summary>An error as it is written (Spec §7.1.6).</summary>
internal sealed record ResponseError
{
    /// <summary>The source's own message as JSON; null: <see cref="Message"/> is written.</summary>
    public byte[]? MessageJson { get; init; }

    public required string Message { get; init; }

    /// <summary>Strings and ints; null when it belongs to no field.</summary>
    public object[]? Path { get; init; }

    public required ErrorCode Code { get; init; }

    public string? Service { get; init; }

    /// <summary>Extensions of a forwarded error; its own code counts.</summary>
    public byte[] ExtensionsJson { get; init; } = [];

    public void WriteTo(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WritePropertyName("message"u8);
        if (MessageJson is null)
        {
            writer.WriteStringValue(Message);
        }
        else
        {
            writer.WriteRawValue(MessageJson, skipInputValidation: true);
        }

        WritePath(writer);
        writer.WriteStartObject("extensions"u8);
        WriteExtensions(writer);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private void WritePath(Utf8JsonWriter writer)
    {
        if (Path is null)
        {
            return;
        }

        writer.WriteStartArray("path"u8);
        foreach (var segment in Path)
        {
            if (segment is int index)
            {
                writer.WriteNumberValue(index);
            }
            else
            {
                writer.WriteStringValue((string)segment);
            }
        }

        writer.WriteEndArray();
    }

    // A key with half of a surrogate pair is no text, and would be none in the answer: it is told as the source has written it.
    private static string NameOf(JsonProperty member)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException)
        {
            return Encoding.UTF8.GetString(JsonMarshal.GetRawUtf8PropertyName(member));
        }
    }

    private void WriteExtensions(Utf8JsonWriter writer)
    {
        using var own = ExtensionsJson.Length == 0 ? null : JsonDocument.Parse(ExtensionsJson, new JsonDocumentOptions { MaxDepth = 1024 });
        if (own is null || !own.RootElement.EnumerateObject().Any(static member => NameOf(member) == "code"))
        {
            writer.WriteString("code"u8, Code.ToWire());
        }

        if (Service is not null)
        {
            writer.WriteString("service"u8, Service);
        }

        if (own is null)
        {
            return;
        }

        foreach (var member in own.RootElement.EnumerateObject())
        {
            var name = NameOf(member);
            if (Service is null || name != "service")
            {
                writer.WritePropertyName(name);
                writer.WriteRawValue(Encoding.UTF8.GetBytes(member.Value.GetRawText()), skipInputValidation: true);
            }
        }
    }
}
