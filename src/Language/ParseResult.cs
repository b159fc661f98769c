using System.Diagnostics.CodeAnalysis;

namespace GraphGateway.Language;

/// <summary>A tree, or the one error that stopped the parser.</summary>
public readonly struct ParseResult<T> where T : class
{
    private ParseResult(T? value, GraphQLError? error)
    {
        Value = value;
        Error = error;
    }

    /// <summary>The tree; null when there is an error.</summary>
    public T? Value { get; }

    /// <summary>What stopped the parser; its message is graphql-js's.</summary>
    public GraphQLError? Error { get; }

    /// <summary>True when there is a tree.</summary>
    [MemberNotNullWhen(true, nameof(Value))]
    [MemberNotNullWhen(false, nameof(Error))]
    public bool IsSuccess => Error is null;

    /// <summary>A result that holds a tree.</summary>
    public static implicit operator ParseResult<T>(T value) => new(value, null);

    /// <summary>A result that holds an error.</summary>
    public static implicit operator ParseResult<T>(GraphQLError error) => new(null, error);
}
