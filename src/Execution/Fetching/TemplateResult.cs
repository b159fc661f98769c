namespace GraphGateway.Execution;

/// <summary>What a template came to.</summary>
internal enum TemplateResult
{
    /// <summary>A JSON value was written.</summary>
    Value,

    /// <summary><c>null</c> was written.</summary>
    Null,

    /// <summary>A part of a key is null: what was written means nothing.</summary>
    NoValue,

    /// <summary>A null stands where the source takes none: what was written means nothing.</summary>
    Unfit,
}
