using System.Collections.Immutable;
using GraphGateway.Language;

namespace GraphGateway.Operations;

/// <summary>Collects the errors of one request's variables, up to a limit.</summary>
internal sealed class CoercionErrors(SourceText source, int maxErrors)
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

    internal ImmutableArray<GraphQLError> ToImmutable() => [.. errors];
}
