namespace GraphGateway.Subgraphs.Server;

/// <summary>The outcome of parsing or serializing a scalar: a value, or a message for the client.</summary>
public readonly struct ScalarResult
{
    private ScalarResult(object? value, string? error)
    {
        Value = value;
        Error = error;
    }

    /// <summary>The value; null when there is an error.</summary>
    public object? Value { get; }

    /// <summary>What is wrong, such as <c>Int cannot represent non-integer value: 1.5</c>; null when fine.</summary>
    public string? Error { get; }

    /// <summary>A value.</summary>
    public static ScalarResult Ok(object? value) => new(value, null);

    /// <summary>A message for the client.</summary>
    public static ScalarResult Fail(string error) => new(null, error);
}

/// <summary>
/// How a scalar type of the schema becomes a CLR value and back (Spec §3.5, "Result Coercion" and "Input Coercion").
/// </summary>
public sealed record ScalarBinding
{
    /// <summary>The scalar's name in the schema.</summary>
    public required string Name { get; init; }

    /// <summary>The CLR types that a field of this scalar may have; the first is what input is parsed to.</summary>
    public required IReadOnlyList<Type> ClrTypes { get; init; }

    /// <summary>Turns input, from a literal or from JSON, into a value of the first CLR type. Never null on success.</summary>
    public required Func<ScalarInput, ScalarResult> Parse { get; init; }

    /// <summary>
    /// Turns a resolver's value into what JSON can say: string, bool, int, long, double, decimal, or lists and dictionaries of them. The value
    /// need not be of one of <see cref="ClrTypes"/>: a resolver bound by hand returns what it wants.
    /// </summary>
    public required Func<object, ScalarResult> Serialize { get; init; }
}
