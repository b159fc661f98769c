using GraphGateway.Language;
using GraphGateway.TypeSystem;

namespace GraphGateway.Validation;

/// <summary>
/// Arguments are defined by their field or directive
/// (<see href="https://spec.graphql.org/September2025/#sec-Argument-Names">Spec §5.4.1</see>).
/// </summary>
internal sealed class KnownArgumentNamesRule(ValidationContext context) : ValidationRule(context)
{
    private bool isInDirective;

    public override void EnterArgument(ArgumentNode node)
    {
        if (!isInDirective && Types is { Argument: null, Field: { } field, ParentType: { } parent })
        {
            var name = node.Name.Value;
            var suggestion = Context.DidYouMean(name, field.Arguments.Select(argument => argument.Name));
            Context.Report($"Unknown argument \"{name}\" on field \"{parent.Name}.{field.Name}\".{suggestion}", node.Start);
        }
    }

    public override void EnterDirective(DirectiveNode node, DirectiveLocation location)
    {
        isInDirective = true;
        if (Types.Directive is not { } directive)
        {
            return;
        }

        foreach (var argument in node.Arguments)
        {
            var name = argument.Name.Value;
            if (directive.FindArgument(name) is null)
            {
                var suggestion = Context.DidYouMean(name, directive.Arguments.Select(a => a.Name));
                Context.Report($"Unknown argument \"{name}\" on directive \"@{directive.Name}\".{suggestion}", argument.Start);
            }
        }
    }

    public override void LeaveDirective(DirectiveNode node) => isInDirective = false;
}
