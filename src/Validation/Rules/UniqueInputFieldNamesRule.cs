using GraphGateway.Language;

namespace GraphGateway.Validation;

/// <summary>
/// A field of an input object is given once
/// (<see href="https://spec.graphql.org/September2025/#sec-Input-Object-Field-Uniqueness">Spec §5.6.3</see>).
/// </summary>
internal sealed class UniqueInputFieldNamesRule(ValidationContext context) : ValidationRule(context)
{
    private readonly Stack<Dictionary<string, NameNode>> known = [];

    public override void EnterObjectValue(ObjectValueNode node) => known.Push(new(StringComparer.Ordinal));

    public override void LeaveObjectValue(ObjectValueNode node) => known.Pop();

    public override void EnterObjectField(ObjectFieldNode node)
    {
        var names = known.Peek();
        if (!names.TryAdd(node.Name.Value, node.Name))
        {
            Context.Report(
                $"There can be only one input field named \"{node.Name}\".", names[node.Name.Value].Start, node.Name.Start);
        }
    }
}
