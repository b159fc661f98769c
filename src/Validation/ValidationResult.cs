using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using GraphGateway.Language;

namespace GraphGateway.Validation;

/// <summary>A valid document, or why it is none.</summary>
public sealed class ValidationResult
{
    internal ValidationResult(ValidDocument? document, ImmutableArray<GraphQLError> errors)
    {
        Document = document;
        Errors = errors;
    }

    /// <summary>The document with the proof that it is valid; null when there are errors.</summary>
    public ValidDocument? Document { get; }

    /// <summary>In the order in which the rules meet them on one walk; empty when valid.</summary>
    public ImmutableArray<GraphQLError> Errors { get; }

    /// <summary>True when there is a document.</summary>
    [MemberNotNullWhen(true, nameof(Document))]
    public bool IsValid => Document is not null;
}
