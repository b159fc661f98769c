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
}
