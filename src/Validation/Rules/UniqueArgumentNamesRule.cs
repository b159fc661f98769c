using System.Collections.Immutable;
using GraphGateway.Language;
using GraphGateway.TypeSystem;

namespace GraphGateway.Validation;

/// <summary>
/// An argument is given once
/// (<see href="https://spec.graphql.org/September2025/#sec-Argument-Uniqueness">Spec §5.4.2</see>).
/// </summary>
internal sealed class UniqueArgumentNamesRule(ValidationContext context) : ValidationRule(context)
{
    public override void EnterField(FieldNode node) => Check(node.Arguments);

    public override void EnterDirective(DirectiveNode node, DirectiveLocation location) => Check(node.Arguments);

    private void Check(ImmutableArray<ArgumentNode> arguments)
    {
        if (arguments.Length < 2)
        {
            return;
        }

        foreach (var same in arguments.GroupBy(argument => argument.Name.Value))
        {
            if (same.Skip(1).Any())
            {
                Context.Report($"There can be only one argument named \"{same.Key}\".", [.. same.Select(a => a.Name.Start)]);
            }
        }
    }
}
