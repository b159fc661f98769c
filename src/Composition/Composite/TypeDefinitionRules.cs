using System.Collections.Immutable;
using GraphGateway.Language;

namespace GraphGateway.Composition;

/// <summary>
/// What a source says about the specification's own names and GraphQL's, before a schema is built of it:
/// TYPE_DEFINITION_INVALID, DISALLOWED_INACCESSIBLE.
/// </summary>
internal static class TypeDefinitionRules
{
    private static readonly ImmutableHashSet<string> BuiltInScalars = ["Int", "Float", "String", "Boolean", "ID"];
    private static readonly ImmutableHashSet<string> BuiltInDirectives = ["skip", "include", "deprecated", "specifiedBy", "oneOf"];

    internal static void Check(SourceInput input, ImmutableArray<DocumentNode> documents, ProblemSink problems)
    {
        foreach (var document in documents)
        {
            foreach (var definition in document.Definitions.OfType<TypeSystemNode>())
            {
                CheckReserved(input, document, definition, problems);
                CheckAccessible(input, document, definition, problems);
                if (definition is DirectiveDefinitionNode directive)
                {
                    AccessDefinitionRules.Check(input, document, directive, problems);
                }
            }
        }
    }

    private static void CheckReserved(SourceInput input, DocumentNode document, TypeSystemNode definition, ProblemSink problems)
    {
        var place = new Place(input.Name, document.Source, definition.Start);
        if (definition is TypeDefinitionNode and not ScalarTypeDefinitionNode
            && ((TypeDefinitionNode)definition).Name.Value is var name
            && CompositePrelude.Scalars.Contains(name))
        {
            problems.Error(
                ProblemCode.TypeDefinitionInvalid,
                $"{name} must be a scalar: the Composite Schemas specification defines it.",
                $"Write \"scalar {name}\", leave the definition out, or give your type another name.",
                place);
        }

        if (definition is not DirectiveDefinitionNode directive
            || !CompositePrelude.Directives.TryGetValue(directive.Name.Value, out var known)
            || directive.Name.Value is "tag" or "cost" or "listSize")
        {
            return;
        }

        foreach (var expected in known.Arguments)
        {
            var own = directive.Arguments.FirstOrDefault(argument => argument.Name.Value == expected.Name.Value);
            if (own is null)
            {
                problems.Error(
                    ProblemCode.TypeDefinitionInvalid,
                    $"@{directive.Name} is defined without its argument \"{expected.Name}: {expected.Type}\".",
                    $"Add the argument, or leave the definition of @{directive.Name} out: it is known.",
                    place);
            }
            else if (!TypeNodes.SameShape(own.Type, expected.Type) && TypeNodes.Named(own.Type) != "String")
            {
                problems.Error(
                    ProblemCode.TypeDefinitionInvalid,
                    $"The argument \"{expected.Name}\" of @{directive.Name} is defined as {own.Type} and must be {expected.Type}.",
                    $"Change the type, or leave the definition of @{directive.Name} out: it is known.",
                    place with { Offset = own.Start });
            }
        }
    }

    private static void CheckAccessible(SourceInput input, DocumentNode document, TypeSystemNode definition, ProblemSink problems)
    {
        switch (definition)
        {
            case TypeDefinitionNode type when BuiltInScalars.Contains(type.Name.Value) || type.Name.Value.StartsWith("__", StringComparison.Ordinal):
                foreach (var directive in DirectivesIn.Definition(type).Where(directive => directive.Name.Value == "inaccessible"))
                {
                    Report(type.Name.Value, directive);
                }

                break;
            case DirectiveDefinitionNode own when BuiltInDirectives.Contains(own.Name.Value):
                foreach (var directive in own.Arguments.SelectMany(argument => argument.Directives).Where(it => it.Name.Value == "inaccessible"))
                {
                    Report("@" + own.Name, directive);
                }

                break;
        }

        void Report(string name, DirectiveNode directive) => problems.Error(
            ProblemCode.DisallowedInaccessible,
            $"{name} is part of GraphQL itself and cannot be hidden with @inaccessible.",
            "Remove @inaccessible here; hide your own types and fields instead.",
            new Place(input.Name, document.Source, directive.Start));
    }
}
