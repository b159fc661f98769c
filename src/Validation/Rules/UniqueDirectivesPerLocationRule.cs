using System.Collections.Immutable;
using GraphGateway.Language;

namespace GraphGateway.Validation;

/// <summary>
/// A directive that is not repeatable stands once at a place
/// (<see href="https://spec.graphql.org/September2025/#sec-Directives-Are-Unique-Per-Location">Spec §5.7.3</see>).
/// </summary>
internal sealed class UniqueDirectivesPerLocationRule(ValidationContext context) : ValidationRule(context)
{
    public override void EnterOperation(OperationDefinitionNode node) => Check(node.Directives);

    public override void EnterFragment(FragmentDefinitionNode node) => Check(node.Directives);

    public override void EnterVariableDefinition(VariableDefinitionNode node) => Check(node.Directives);

    public override void EnterField(FieldNode node) => Check(node.Directives);

    public override void EnterFragmentSpread(FragmentSpreadNode node) => Check(node.Directives);

    public override void EnterInlineFragment(InlineFragmentNode node) => Check(node.Directives);

    private void Check(ImmutableArray<DirectiveNode> directives)
    {
        if (directives.Length < 2)
        {
            return;
        }

        var seen = new Dictionary<string, DirectiveNode>(StringComparer.Ordinal);
        foreach (var directive in directives)
        {
            var name = directive.Name.Value;
            if (Context.Schema.FindDirective(name) is { IsRepeatable: false } && !seen.TryAdd(name, directive))
            {
                Context.Report(
                    $"The directive \"@{name}\" can only be used once at this location.", seen[name].Start, directive.Start);
            }
        }
    }
}
