namespace GraphGateway.Language;

/// <summary>Limits that stop a hostile document early. A limit of 0 is off, but nesting is never unlimited: see <see cref="MaxDepth"/>.</summary>
public sealed record ParserOptions
{
    /// <summary>
    /// The deepest nesting of any document, 1,000 levels, whatever <see cref="MaxDepth"/> says: all that walks a syntax tree (the printer, the
    /// rules, the normaliser) goes down by recursion, and an overflow of the stack would end the process.
    /// </summary>
    public const int DepthCeiling = 1_000;

    /// <summary>For documents of clients.</summary>
    public static ParserOptions Default { get; } = new();

    /// <summary>For schemas, which are large and trusted.</summary>
    public static ParserOptions Schema { get; } = new() { MaxTokens = 0, MaxBytes = 0 };

    /// <summary>
    /// For documents that the gateway itself makes for its sources, of operations that were within the limits: what stands in fragments of the client's document stands there as
    /// often as it is spread.
    /// </summary>
    public static ParserOptions Fetch { get; } = new() { MaxTokens = 0, MaxBytes = 0, MaxDepth = 0 };

    /// <summary>Lexical tokens, comments and commas not counted.</summary>
    public int MaxTokens { get; init; } = 15_000;

    /// <summary>Nesting of selection sets, values and types together; 0, or more than <see cref="DepthCeiling"/>, means the ceiling.</summary>
    public int MaxDepth { get; init; } = 200;

    /// <summary>Bytes of the whole text.</summary>
    public int MaxBytes { get; init; } = 1_000_000;
}
