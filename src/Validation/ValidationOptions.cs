namespace GraphGateway.Validation;

/// <summary>How a document is validated.</summary>
public sealed record ValidationOptions
{
    /// <summary>All rules, suggestions on, no limits beyond the parser's.</summary>
    public static ValidationOptions Default { get; } = new();

    /// <summary>After so many errors one more says that validation stopped.</summary>
    public int MaxErrors { get; init; } = 100;

    /// <summary>Whether messages end with "Did you mean ...?", which tells names of the schema.</summary>
    public bool Suggestions { get; init; } = true;

    /// <summary>Limits on the shape of each operation.</summary>
    public OperationLimits Limits { get; init; } = OperationLimits.None;
}

/// <summary>
/// Limits on an operation whose fragments are spread out, each with an <see cref="Language.ErrorCode"/> of its own. A limit of 0 is off.
/// </summary>
public sealed record OperationLimits
{
    /// <summary>No limits.</summary>
    public static OperationLimits None { get; } = new();

    /// <summary>Fields above one another; a root field is at depth 1.</summary>
    public int MaxDepth { get; init; }

    /// <summary>Fields with an alias.</summary>
    public int MaxAliases { get; init; }

    /// <summary>Fields of the root selection set.</summary>
    public int MaxRootFields { get; init; }

    /// <summary>Directives, those of the operation and its variables included.</summary>
    public int MaxDirectives { get; init; }
}
