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

    // The last one that is kept, once as many are kept as may be: what does not come before it is left out.
    private (int Step, int Request)? bound;

    /// <summary>How answers are written: compact, and no escapes that JSON does not ask for.</summary>
    public static JsonWriterOptions JsonOptions { get; } =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>The number of the request, in the order in which they were made, that the errors added from now on come from; or <see cref="AfterRequests"/>.</summary>
    public int Request { get; set; } = AfterRequests;

    /// <summary>Errors that were found, those left out included; as many as an int can tell at most.</summary>
    public int Count { get; private set; }

    /// <summary>The least step of the errors that were added since this was last set; <see cref="int.MaxValue"/> for those of no step.</summary>
    public int LeastStep { get; set; } = int.MaxValue;

    /// <summary>Bytes of the errors as JSON, those left out apart: about as many, and not fewer.</summary>
    public long Size => Count == 0 ? 0 : 256 + Kept().Sum(static error => error.Error.Size);

    /// <summary>The gateway's own codes of those that are not left out.</summary>
    public IEnumerable<ErrorCode> Codes => Kept().Select(error => error.Error.Code);

    /// <summary>A source's error, masked unless the source's errors are forwarded.</summary>
    public void Add(CompiledStep step, SourceError error, ErrorPath? path)
    {
        if (!TryCount(step.Step.Id))
        {
            return;
        }

        var isForwarded = step.Source.IsGateway || options.ForwardsErrors(step.Source);
        Keep(step.Step.Id, new ResponseError
        {
            MessageJson = isForwarded ? error.MessageJson : (ReadOnlyMemory<byte>?)null,
            Message = "Unexpected error from a source.",
            Path = path?.ToArray(),
            Code = ErrorCode.DownstreamServiceError,
            Service = options.NamesSources && !step.Source.IsGateway ? step.Source.Name : null,
            ExtensionsJson = isForwarded ? error.ExtensionsJson : default,
        });
    }

    /// <summary>A failure, at one of the fields that have no value because of it.</summary>
    public void Add(Failure failure, ErrorPath path)
    {
        if (failure.Error is { } error)
        {
            Add(failure.Step, error, path);
        }
        else if (TryCount(failure.Step.Step.Id))
        {
            Keep(failure.Step.Step.Id, new ResponseError
            {
                Message = failure.Message,
                Path = path.ToArray(),
                Code = failure.Code,
                // Which is none of the source's doing.
                Service = options.NamesSources && failure.Code != ErrorCode.Inaccessible ? failure.Step.Source.Name : null,
            });
        }
    }

    /// <summary>An error of the gateway's own; it stands after those of the steps.</summary>
    public void Add(string message, ErrorCode code, ErrorPath? path)
    {
        if (TryCount(int.MaxValue))
        {
            Keep(int.MaxValue, new ResponseError { Message = message, Path = path?.ToArray(), Code = code });
        }
    }

    /// <summary>So many errors are there that are not told.</summary>
    /// <param name="count">How many.</param>
    /// <param name="leastStep">The least of their steps.</param>
    public void AddLeftOut(int count, int leastStep = int.MaxValue)
    {
        Count = (int)Math.Min(int.MaxValue, (long)Count + count);
        LeastStep = Math.Min(LeastStep, leastStep);
    }

    /// <summary>True when an error of the step, or of a later one, would be left out.</summary>
    public bool LeavesOut(int step) => bound is { } last && (step, Request).CompareTo(last) >= 0;

    /// <summary>Instead of all errors there is this one: there is no answer.</summary>
    public void Replace(string message, ErrorCode code)
    {
        errors.Clear();
        bound = null;
        Count = 0;
        Add(message, code, path: null);
    }

    /// <summary>The errors as they are told, in order.</summary>
    public IEnumerable<ResponseError> Told()
    {
        foreach (var (_, _, error) in Kept())
        {
            yield return error;
        }

        if (Count - Math.Min(errors.Count, options.MaxErrors) is > 0 and var leftOut)
        {
            yield return new ResponseError { Message = $"{leftOut} more errors were left out.", Code = ErrorCode.TooManyErrors };
        }
    }

    /// <summary>The JSON array.</summary>
    public void WriteTo(Utf8JsonWriter writer)
    {
        writer.WriteStartArray();
        foreach (var error in Told())
        {
            error.WriteTo(writer);
        }

        writer.WriteEndArray();
    }

    // PERF: of millions of errors nothing is made but of those that may be told.
    private bool TryCount(int step)
    {
        AddLeftOut(1, step);
        return !LeavesOut(step);
    }

    private void Keep(int step, ResponseError error)
    {
        errors.Add((step, Request, error));
        if (errors.Count >= 2L * options.MaxErrors + MostAbove)
        {
            // Which ones are left out does not depend on which source was faster either.
            (int Step, int Request, ResponseError Error)[] kept = [.. Kept()];
            errors.Clear();
            errors.AddRange(kept);
            bound = (kept[^1].Step, kept[^1].Request);
        }
    }

    // The sort is stable: what one request brought stays in the order of the answer.
    private IEnumerable<(int Step, int Request, ResponseError Error)> Kept() =>
        errors.OrderBy(error => error.Step).ThenBy(error => error.Request).Take(options.MaxErrors);
}
