using GraphGateway.Language;

namespace GraphGateway.Validation;

/// <summary>
/// Operations have names of their own
/// (<see href="https://spec.graphql.org/September2025/#sec-Operation-Name-Uniqueness">Spec §5.2.2.1</see>).
/// </summary>
internal sealed class UniqueOperationNamesRule(ValidationContext context) : ValidationRule(context)
{
    private readonly Dictionary<string, NameNode> known = new(StringComparer.Ordinal);

    public override void EnterOperation(OperationDefinitionNode node)
    {
        if (node.Name is { } name && !known.TryAdd(name.Value, name))
        {
            Context.Report($"There can be only one operation named \"{name}\".", known[name.Value].Start, name.Start);
        }
    }
}
