using GraphGateway.Language;
using GraphGateway.TypeSystem;

namespace GraphGateway.Validation;

/// <summary>
/// Directives are defined, and stand where their definition allows it
/// (<see href="https://spec.graphql.org/September2025/#sec-Directives-Are-Defined">Spec §5.7.1, §5.7.2</see>).
/// </summary>
internal sealed class KnownDirectivesRule(ValidationContext context) : ValidationRule(context)
{
    public override void EnterDirective(DirectiveNode node, DirectiveLocation location)
    {
        if (Types.Directive is not { } directive)
        {
            Context.Report($"Unknown directive \"@{node.Name}\".", node.Start);
        }
        else if (!directive.Locations.Contains(location))
        {
            Context.Report($"Directive \"@{node.Name}\" may not be used on {Wire(location)}.", node.Start);
        }
    }

    private static string Wire(DirectiveLocation location) => location switch
    {
        DirectiveLocation.FragmentDefinition => "FRAGMENT_DEFINITION",
        DirectiveLocation.FragmentSpread => "FRAGMENT_SPREAD",
        DirectiveLocation.InlineFragment => "INLINE_FRAGMENT",
        DirectiveLocation.VariableDefinition => "VARIABLE_DEFINITION",
        _ => location.ToString().ToUpperInvariant(),
    };
}
