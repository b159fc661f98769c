using GraphGateway.Language;
using GraphGateway.TypeSystem;

namespace GraphGateway.Validation;

/// <summary>How a document is validated.</summary>
public sealed record ValidationOptions
{
    /// <summary>All rules, suggestions on.</summary>
    public static ValidationOptions Default { get; } = new();

    /// <summary>After so many errors one more says that validation stopped.</summary>
    public int MaxErrors { get; init; } = 100;

    /// <summary>Whether messages end with "Did you mean ...?", which tells names of the schema.</summary>
    public bool Suggestions { get; init; } = true;

    /// <summary>
    /// What a custom scalar has against a literal, in a sentence; null when it takes it (Spec §3.5.6, input coercion). It is asked about
    /// literals without variables; with them only the request can tell. Without this function custom scalars take any literal.
    /// </summary>
    public Func<ScalarType, ValueNode, string?>? CustomScalar { get; init; }
}
