namespace GraphGateway.Subgraphs.Server;

/// <summary>
/// An argument or input field that can be left out, which is not the same as null
/// (<see href="https://spec.graphql.org/September2025/#sec-Null-Value">Spec §2.9.5</see>). Use it where null means "clear" and absence "leave".
/// </summary>
/// <typeparam name="T">The CLR type of the value, nullable when the GraphQL type is.</typeparam>
public readonly record struct Optional<T>
{
    private readonly T value;

    /// <summary>A value that was given, null included.</summary>
    public Optional(T value)
    {
        this.value = value;
        HasValue = true;
    }

    /// <summary>True when the value was given, also when it is null.</summary>
    public bool HasValue { get; }

    /// <summary>The value; default when none was given.</summary>
    public T Value => value;

    /// <summary>The value, or <paramref name="fallback"/> when none was given.</summary>
    public T Or(T fallback) => HasValue ? value : fallback;

    /// <summary>A value that was given.</summary>
    public static implicit operator Optional<T>(T value) => new(value);
}
