using System.Collections.Immutable;
using GraphGateway.Language;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Composition;

/// <summary>
/// DIRECTIVE_DEFINITION_INVALID and TYPE_DEFINITION_INVALID: a source may define what it links, as its libraries print it, and then as the
/// specification has it: fewer locations and not repeatable at will, no other arguments, and a scalar's place may be taken by another type.
/// </summary>
internal static class OwnDefinitions
{
    /// <summary>The document without definitions that Federation 1 never looked at; what is wrong with the others is reported.</summary>
    internal static DocumentNode Check(string sourceName, DocumentNode document, SourceLinks links, ProblemSink problems)
    {
        var kept = ImmutableArray.CreateBuilder<DefinitionNode>(document.Definitions.Length);
        foreach (var definition in document.Definitions)
        {
            var place = new Place(sourceName, document.Source, definition.Start);
            switch (definition)
            {
                case DirectiveDefinitionNode directive when links.Known(directive.Name.Value) is { } element:
                    if (links.IsFederation1 && WasIgnored(directive))
                    {
                        continue;
                    }

                    CheckDirective(directive, element, links, place, problems);
                    break;
                case TypeDefinitionNode type when links.Types.TryGetValue(type.Name.Value, out var original):
                    CheckType(type, original, place, problems);
                    break;
            }

            kept.Add(definition);
        }

        return new DocumentNode(document.Source, kept.DrainToImmutable());
    }

    // Definitions of this kind are in use; Federation 1 accepted them, and Federation 2 does so for its sake.
    private static bool WasIgnored(DirectiveDefinitionNode directive) =>
        directive.Name.Value is "key" or "requires" or "provides"
        && (directive.Arguments.IsEmpty
            || directive.Arguments is [{ Name.Value: "fields", Type: NamedTypeNode { Name.Value: "String" or "_FieldSet" or "FieldSet" } }]);

    private static void CheckDirective(
        DirectiveDefinitionNode own, FeatureElement element, SourceLinks links, Place place, ProblemSink problems)
    {
        var expected = (DirectiveDefinitionNode)Parser.ParseDocument(
            new SourceText(links.Definition(element)), ParserOptions.Schema).Value!.Definitions[0];
        if (Difference(own, expected, links) is { } difference)
        {
            problems.Error(
                ProblemCode.DirectiveDefinitionInvalid,
                $"The source defines @{own.Name}, and not as its specification does: {difference}.",
                $"Remove the definition, or write: {links.Definition(element).Replace("@" + element.Name, "@" + own.Name, StringComparison.Ordinal)}",
                place);
        }
    }

    private static string? Difference(DirectiveDefinitionNode own, DirectiveDefinitionNode expected, SourceLinks links)
    {
        foreach (var argument in expected.Arguments)
        {
            var actual = own.Arguments.FirstOrDefault(it => it.Name.Value == argument.Name.Value);
            if (actual is null)
            {
                if (argument.Type is NonNullTypeNode && argument.DefaultValue is null)
                {
                    return $"the argument \"{argument.Name}\" is missing";
                }

                continue;
            }

            // an optional argument may be made mandatory
            var type = argument.Type is NonNullTypeNode ? actual.Type : TypeNodes.Nullable(actual.Type);
            if (!Fits(argument.Type, type, links))
            {
                return $"the argument \"{argument.Name}\" is {actual.Type} and not {argument.Type}";
            }

            // A default of what is mandatory is never taken: who leaves it out is refused, unless a server fills it in. Of who may see what, it would ask for nothing.
            if ((actual.Type is not NonNullTypeNode || IsAccess(expected.Name.Value)) && Print(actual.DefaultValue) != Print(argument.DefaultValue))
            {
                return $"the argument \"{argument.Name}\" has {Print(actual.DefaultValue)} and not {Print(argument.DefaultValue)}";
            }
        }

        if (own.Arguments.FirstOrDefault(it => expected.Arguments.All(known => known.Name.Value != it.Name.Value)) is { } further)
        {
            return $"it has no argument \"{further.Name}\"";
        }

        if (own.IsRepeatable && !expected.IsRepeatable)
        {
            return "it is not repeatable";
        }

        var elsewhere = own.Locations.Select(location => location.Value).Except(expected.Locations.Select(location => location.Value)).ToArray();
        return elsewhere.Length > 0 ? $"it does not stand on {string.Join(", ", elsewhere)}" : null;
    }

    private static bool IsAccess(string name) => name is WellKnownDirectives.Authenticated or WellKnownDirectives.RequiresScopes or WellKnownDirectives.Policy;

    private static string Print(ValueNode? value) => value is null ? "no default" : $"the default {Printer.Print(value)}";

    private static bool Fits(TypeNode expected, TypeNode actual, SourceLinks links) => (expected, actual) switch
    {
        (NonNullTypeNode a, NonNullTypeNode b) => Fits(a.Type, b.Type, links),
        (ListTypeNode a, ListTypeNode b) => Fits(a.Type, b.Type, links),
        (NamedTypeNode a, NamedTypeNode b) =>
            a.Name.Value == b.Name.Value || links.Types.ContainsKey(a.Name.Value) && IsBuiltIn(b.Name.Value),
        (NamedTypeNode a, _) => links.Types.ContainsKey(a.Name.Value),
        _ => false,
    };

    private static bool IsBuiltIn(string name) => name is "String" or "ID" or "Int" or "Float" or "Boolean";

    private static void CheckType(TypeDefinitionNode type, string original, Place place, ProblemSink problems)
    {
        var isFine = original == "Purpose"
            ? type is EnumTypeDefinitionNode { Values: var values }
                && values.Select(value => value.Name.Value).Order(StringComparer.Ordinal).SequenceEqual(["EXECUTION", "SECURITY"])
            : type is ScalarTypeDefinitionNode;
        if (!isFine)
        {
            problems.Error(
                ProblemCode.TypeDefinitionInvalid,
                $"The source defines {type.Name}, and not as its specification does: "
                + (original == "Purpose" ? "it is an enum of SECURITY and EXECUTION." : "it is a scalar."),
                "Remove the definition, or give the type of your own another name.",
                place);
        }
    }
}
