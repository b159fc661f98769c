using System.Collections;
using System.Reflection;

namespace GraphGateway.Subgraphs.Server;

/// <summary>
/// What a C# type says of a GraphQL type: whether it can be null (from the annotations), whether it is a list, and what is inside.
/// <c>Task&lt;T&gt;</c>, <c>ValueTask&lt;T&gt;</c> and <c>Optional&lt;T&gt;</c> are looked through.
/// </summary>
/// <param name="ClrType">The type without Nullable and wrappers.</param>
/// <param name="IsNullable">True for <c>T?</c>.</param>
/// <param name="Item">The items of a list, else null.</param>
/// <param name="IsOptional">True for <see cref="Optional{T}"/>.</param>
internal sealed record ClrShape(Type ClrType, bool IsNullable, ClrShape? Item, bool IsOptional = false)
{
    public static ClrShape Of(NullabilityInfo info)
    {
        if (info.Type.IsGenericType && info.Type.GetGenericTypeDefinition() is var wrapper)
        {
            if (wrapper == typeof(Task<>) || wrapper == typeof(ValueTask<>))
            {
                return Of(info.GenericTypeArguments[0]);
            }

            if (wrapper == typeof(Optional<>))
            {
                return Of(info.GenericTypeArguments[0]) with { IsOptional = true };
            }
        }

        var isNullable = info.ReadState != NullabilityState.NotNull && info.WriteState != NullabilityState.NotNull;
        if (Nullable.GetUnderlyingType(info.Type) is { } value)
        {
            return new ClrShape(value, IsNullable: true, Item: null);
        }

        if (info.Type.IsValueType)
        {
            isNullable = false;
        }

        return new ClrShape(info.Type, isNullable, ItemOf(info));
    }

    /// <summary>What the events of a stream say, given the type of a method that returns one; null when it returns none.</summary>
    public static ClrShape? OfEvents(ParameterInfo returned)
    {
        var info = new NullabilityInfoContext().Create(returned);
        if (info.Type.IsGenericType && info.Type.GetGenericTypeDefinition() is var wrapper && (wrapper == typeof(Task<>) || wrapper == typeof(ValueTask<>)))
        {
            info = info.GenericTypeArguments[0];
        }

        return info.Type.IsGenericType && info.Type.GetGenericTypeDefinition() == typeof(IAsyncEnumerable<>) ? Of(info.GenericTypeArguments[0]) : null;
    }

    public static ClrShape Of(ParameterInfo parameter) => Of(new NullabilityInfoContext().Create(parameter));

    public static ClrShape Of(PropertyInfo property) => Of(new NullabilityInfoContext().Create(property));

    public override string ToString() => (Item is null ? Names.OfClr(ClrType) : $"list of {Item}") + (IsNullable ? "?" : "");

    private static ClrShape? ItemOf(NullabilityInfo info)
    {
        if (info.Type.IsArray)
        {
            return Of(info.ElementType!);
        }

        return info.Type != typeof(string)
            && info.Type.IsGenericType
            && info.Type.GetGenericArguments().Length == 1
            && typeof(IEnumerable).IsAssignableFrom(info.Type)
                ? Of(info.GenericTypeArguments[0])
                : null;
    }
}
