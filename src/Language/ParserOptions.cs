namespace GraphGateway.Language;

/// <summary>Limits that stop a hostile document early. A limit of 0 is off.</summary>
public sealed record ParserOptions
{
    /// <summary>For documents of clients.</summary>
    public static ParserOptions Default { get; } = new();

    /// <summary>For schemas, which are large and trusted.</summary>
    public static ParserOptions Schema { get; } = new() { MaxTokens = 0, MaxBytes = 0 };

    /// <summary>Lexical tokens, comments and commas not counted.</summary>
    public int MaxTokens { get; init; } = 15_000;

    /// <summary>Nesting of selection sets, values and types together.</summary>
    public int MaxDepth { get; init; } = 200;

    /// <summary>Bytes of the whole text.</summary>
    public int MaxBytes { get; init; } = 1_000_000;
}
