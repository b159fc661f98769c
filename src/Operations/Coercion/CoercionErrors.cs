using System.Collections.Immutable;
using GraphGateway.Language;
using GraphGateway.TypeSystem;

namespace GraphGateway.Operations;

/// <summary>Collects the errors of one request's variables, up to a limit.</summary>
/// <param name="source">The text of the document.</param>
/// <param name="maxErrors">After so many one more says that coercion stopped.</param>
/// <param name="suggestions">Whether messages end with "Did you mean ...?", which tells names of the schema.</param>
internal sealed class CoercionErrors(SourceText source, int maxErrors, bool suggestions)
{
    private readonly List<GraphQLError> errors = [];

    internal bool IsEmpty => errors.Count == 0;

    /// <summary>True when the limit is passed and said: nothing more is collected.</summary>
    internal bool IsFull => errors.Count > maxErrors;

    internal void Report(string message, params ReadOnlySpan<int> offsets)
    {
        if (IsFull)
        {
            return;
        }

        errors.Add(errors.Count == maxErrors
            ? new GraphQLError
            {
                Message = "Too many errors processing variables, error limit reached. Execution aborted.",
                Code = ErrorCode.BadUserInput,
            }
            : GraphQLError.At(source, message, ErrorCode.BadUserInput, offsets));
    }

    /// <summary>The tail of a message about a wrong name; empty where names are not to be told.</summary>
    internal string DidYouMean(string what, string wrong, IEnumerable<string> names) =>
        !suggestions ? "" : what.Length == 0 ? Suggestions.DidYouMean(wrong, names) : Suggestions.DidYouMean(what, wrong, names);

    internal ImmutableArray<GraphQLError> ToImmutable() => [.. errors];
}
