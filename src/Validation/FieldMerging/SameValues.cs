using System.Collections.Immutable;
using GraphGateway.Language;

namespace GraphGateway.Validation;

/// <summary>Whether arguments say the same (Spec FieldsInSetCanMerge: "identical sets of arguments"), in whatever order.</summary>
internal static class SameValues
{
    public static bool Arguments(ImmutableArray<ArgumentNode> a, ImmutableArray<ArgumentNode> b)
    {
        if (a.Length != b.Length)
        {
            return false;
        }

        foreach (var argument in a)
        {
            if (b.LastOrDefault(other => other.Name.Value == argument.Name.Value) is not { } same || !Values(argument.Value, same.Value))
            {
                return false;
            }
        }

        return true;
    }

    private static bool Values(ValueNode a, ValueNode b) => (a, b) switch
    {
        (VariableNode x, VariableNode y) => x.Name.Value == y.Name.Value,
        (IntValueNode x, IntValueNode y) => x.Value == y.Value,
        (FloatValueNode x, FloatValueNode y) => x.Value == y.Value,
        (BooleanValueNode x, BooleanValueNode y) => x.Value == y.Value,
        (StringValueNode x, StringValueNode y) => x.Value == y.Value && x.IsBlock == y.IsBlock,
        (EnumValueNode x, EnumValueNode y) => x.Value == y.Value,
        (NullValueNode, NullValueNode) => true,
        (ListValueNode x, ListValueNode y) =>
            x.Values.Length == y.Values.Length && x.Values.Zip(y.Values).All(pair => Values(pair.First, pair.Second)),
        (ObjectValueNode x, ObjectValueNode y) => Objects(x.Fields, y.Fields),
        _ => false,
    };

    private static bool Objects(ImmutableArray<ObjectFieldNode> a, ImmutableArray<ObjectFieldNode> b) =>
        a.Length == b.Length
        && a.OrderBy(field => field.Name.Value, StringComparer.Ordinal)
            .Zip(b.OrderBy(field => field.Name.Value, StringComparer.Ordinal))
            .All(pair => pair.First.Name.Value == pair.Second.Name.Value && Values(pair.First.Value, pair.Second.Value));
}
