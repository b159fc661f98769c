using System.Collections.Immutable;
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
                if (!IsDefined(definition, name))
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

    private static bool IsDefined(DirectiveDefinitionNode definition, string name)
    {
        foreach (var known in definition.Arguments)
        {
            if (known.Name.Value == name)
            {
                return true;
            }
        }

        return false;
    }

    internal static void UniqueArgumentNames(SdlContext context)
    {
        foreach (var (part, directive) in Applied(context))
        {
            if (SdlContext.MayRepeat(directive.Arguments, static argument => argument.Name.Value))
            {
                context.ReportGroups(
                    part.At(directive.Start),
                    directive.Arguments.Select(argument => (argument.Name.Value, part.At(argument.Name.Start))),
                    static name => $"There can be only one argument named \"{name}\".");
            }
        }
    }

    internal static void ProvidedRequiredArguments(SdlContext context)
    {
        var required = new Dictionary<DirectiveDefinitionNode, InputValueDefinitionNode[]>();
        foreach (var (part, directive, definition) in Defined(context))
        {
            if (!required.TryGetValue(definition, out var arguments))
            {
                required.Add(definition, arguments = Required(definition));
            }

            foreach (var argument in arguments)
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

    // Of two arguments with one name, which another rule reports, the last counts.
    private static InputValueDefinitionNode[] Required(DirectiveDefinitionNode definition) =>
        [
            .. definition.Arguments.Where(static argument => argument is { Type: NonNullTypeNode, DefaultValue: null })
                .GroupBy(static argument => argument.Name.Value)
                .Select(static same => same.Last()),
        ];

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
            CheckDefaults(context, part, part.Node switch
            {
                DirectiveDefinitionNode directive => directive.Arguments,
                InputObjectTypeDefinitionNode input => input.Fields,
                _ => [],
            });
            foreach (var field in SdlNodes.FieldsOf(part.Node))
            {
                CheckDefaults(context, part, field.Arguments);
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

    private static void CheckDefaults(SdlContext context, SourcedDefinition part, ImmutableArray<InputValueDefinitionNode> values)
    {
        foreach (var value in values)
        {
            if (value.DefaultValue is { } defaultValue)
            {
                CheckValue(context, part, defaultValue);
            }
        }
    }

    private static IEnumerable<(SourcedDefinition Part, DirectiveNode Directive)> Applied(SdlContext context)
    {
        foreach (var use in context.Uses)
        {
            foreach (var directive in use.Directives)
            {
                yield return (use.Part, directive);
            }
        }
    }

    private static IEnumerable<(SourcedDefinition Part, DirectiveNode Directive, DirectiveDefinitionNode Definition)> Defined(
        SdlContext context)
    {
        foreach (var (part, directive) in Applied(context))
        {
            if (DirectiveUses.Find(context, directive.Name.Value) is { } definition)
            {
                yield return (part, directive, definition);
            }
        }
    }
}
