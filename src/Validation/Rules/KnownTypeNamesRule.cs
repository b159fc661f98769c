using GraphGateway.Language;

namespace GraphGateway.Validation;

/// <summary>
/// Types that a document names are in the schema
/// (<see href="https://spec.graphql.org/September2025/#sec-Fragment-Spread-Type-Existence">Spec §5.5.1.2</see>).
/// </summary>
internal sealed class KnownTypeNamesRule(ValidationContext context) : ValidationRule(context)
{
    public override void EnterNamedType(NamedTypeNode node)
    {
        var name = node.Name.Value;
        if (Context.Schema.FindType(name) is null)
        {
            var suggestion = Context.DidYouMean(name, Context.Schema.Types.Select(type => type.Name));
            Context.Report($"Unknown type \"{name}\".{suggestion}", node.Start);
        }
    }
}
