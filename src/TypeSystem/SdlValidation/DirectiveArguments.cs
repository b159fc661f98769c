using GraphGateway.Language;

namespace GraphGateway.TypeSystem;

/// <summary>The arguments of applied directives are known, given once, and complete (Spec §5.4 on directives, §5.6.3).</summary>
internal static class DirectiveArguments
{
    internal static void KnownArgumentNames(SdlContext context)
    {
        foreach (var (part, directive, definition) in Defined(context))
        {
            foreach (var argument in directive.Arguments)
            {
                var name = argument.Name.Value;
                if (!definition.Arguments.Any(known => known.Name.Value == name))
                {
                    var hint = Suggestions.DidYouMean(name, definition.Arguments.Select(static known => known.Name.Value));
                    context.Report(
                        part.At(directive.Start),
                        $"Unknown argument \"{name}\" on directive \"@{directive.Name.Value}\".{hint}",
                        part.At(argument.Start));
                }
            }
        }
    }

    internal static void UniqueArgumentNames(SdlContext context)
    {
        foreach (var (part, directive) in Applied(context))
        {
            context.ReportGroups(
                part.At(directive.Start),
                directive.Arguments.Select(argument => (argument.Name.Value, part.At(argument.Name.Start))),
                static name => $"There can be only one argument named \"{name}\".");
        }
    }

    internal static void ProvidedRequiredArguments(SdlContext context)
    {
        foreach (var (part, directive, definition) in Defined(context))
        {
            // Of two arguments with one name, which another rule reports, the last counts.
            var required = definition.Arguments.Where(static argument => argument is { Type: NonNullTypeNode, DefaultValue: null });
            foreach (var argument in required.GroupBy(static argument => argument.Name.Value).Select(static same => same.Last()))
            {
                if (directive.Argument(argument.Name.Value) is null)
                {
                    // On leaving the directive: what is wrong in its arguments comes first.
                    context.Report(
                        part.At(directive.End - 1),
                        $"Directive \"@{directive.Name.Value}\" argument \"{argument.Name.Value}\" of type \"{argument.Type}\" is required, "
                        + "but it was not provided.",
                        part.At(directive.Start));
                }
            }
        }
    }

    internal static void UniqueInputFieldNames(SdlContext context)
    {
        foreach (var (part, directive) in Applied(context))
        {
            foreach (var argument in directive.Arguments)
            {
                CheckValue(context, part, argument.Value);
            }
        }

        foreach (var part in context.Definitions.Own)
        {
            foreach (var defaultValue in DefaultsOf(part.Node))
            {
                CheckValue(context, part, defaultValue);
            }
        }
    }

    // The parser limits how deep a value is.
    private static void CheckValue(SdlContext context, SourcedDefinition part, ValueNode value)
    {
        if (value is ListValueNode list)
        {
            foreach (var item in list.Values)
            {
                CheckValue(context, part, item);
            }
        }
        else if (value is ObjectValueNode @object)
        {
            context.ReportDuplicates(
                @object.Fields.Select(field => new NamedPlace(field.Name.Value, part.At(field.Name.Start), part.At(field.Start))),
                static name => $"There can be only one input field named \"{name}\".");
            foreach (var field in @object.Fields)
            {
                CheckValue(context, part, field.Value);
            }
        }
    }

    private static IEnumerable<ValueNode> DefaultsOf(TypeSystemNode node)
    {
        IEnumerable<InputValueDefinitionNode> values = node switch
        {
            DirectiveDefinitionNode directive => directive.Arguments,
            InputObjectTypeDefinitionNode input => input.Fields,
            _ => SdlNodes.FieldsOf(node).SelectMany(static field => field.Arguments),
        };
        return values.Select(static value => value.DefaultValue).OfType<ValueNode>();
    }

    private static IEnumerable<(SourcedDefinition Part, DirectiveNode Directive)> Applied(SdlContext context) =>
        from part in context.Definitions.Own
        from use in DirectiveUses.Of(part)
        from directive in use.Directives
        select (part, directive);

    private static IEnumerable<(SourcedDefinition Part, DirectiveNode Directive, DirectiveDefinitionNode Definition)> Defined(
        SdlContext context) =>
        from applied in Applied(context)
        let definition = DirectiveUses.Find(context, applied.Directive.Name.Value)
        where definition is not null
        select (applied.Part, applied.Directive, definition);
}
