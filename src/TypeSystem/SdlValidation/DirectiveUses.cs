using System.Collections.Immutable;
using GraphGateway.Language;

namespace GraphGateway.TypeSystem;

/// <summary>The directives that stand at one place of a definition, and where the node that they are applied to begins.</summary>
internal readonly record struct DirectiveUse(
    SourcedDefinition Part, DirectiveLocation Location, int Start, ImmutableArray<DirectiveNode> Directives);

/// <summary>Directives are defined, stand where they may, and once unless repeatable (Spec §3.13, §5.7).</summary>
internal static class DirectiveUses
{
    internal static void KnownDirectives(SdlContext context)
    {
        foreach (var use in context.Uses)
        {
            var location = use.Location.ToWire();
            foreach (var directive in use.Directives)
            {
                var name = directive.Name.Value;
                if (Find(context, name) is not { } definition)
                {
                    if (!context.Options.AllowUnknownDirectives)
                    {
                        context.Report(use.Part.At(directive.Start), $"Unknown directive \"@{name}\".", use.Part.At(directive.Start));
                    }
                }
                else if (!MayStand(definition, location))
                {
                    context.Report(
                        use.Part.At(directive.Start), $"Directive \"@{name}\" may not be used on {location}.", use.Part.At(directive.Start));
                }
            }
        }
    }

    internal static void UniqueDirectivesPerLocation(SdlContext context)
    {
        // Over a type's definition and extensions a directive may stand once in all (graphql-js), and so for the schema.
        var seenByOwner = new Dictionary<string, Dictionary<string, Place>>(StringComparer.Ordinal);
        foreach (var use in context.Uses)
        {
            var owner = OwnerOf(use);
            if (owner is null && use.Directives.Length == 1)
            {
                continue;
            }

            if (owner is null || !seenByOwner.TryGetValue(owner, out var seen))
            {
                seen = new Dictionary<string, Place>(StringComparer.Ordinal);
                if (owner is not null)
                {
                    seenByOwner.Add(owner, seen);
                }
            }

            foreach (var directive in use.Directives)
            {
                var name = directive.Name.Value;
                var place = use.Part.At(directive.Start);
                if (Find(context, name) is { IsRepeatable: false } && !seen.TryAdd(name, place))
                {
                    context.Report(
                        use.Part.At(use.Start), $"The directive \"@{name}\" can only be used once at this location.", seen[name], place);
                }
            }
        }
    }

    private static bool MayStand(DirectiveDefinitionNode definition, string location)
    {
        foreach (var allowed in definition.Locations)
        {
            if (allowed.Value == location)
            {
                return true;
            }
        }

        return false;
    }

    internal static DirectiveDefinitionNode? Find(SdlContext context, string name) =>
        context.Definitions.Directives.TryGetValue(name, out var definition) ? (DirectiveDefinitionNode)definition.Node : null;

    /// <summary>Adds every place of a definition where directives stand, in document order.</summary>
    internal static void AddTo(ImmutableArray<DirectiveUse>.Builder uses, SourcedDefinition part)
    {
        if (part.Node is not DirectiveDefinitionNode)
        {
            Add(LocationOf(part.Node), part.Node.Start, part.Node.Directives);
        }

        foreach (var value in (part.Node as EnumTypeDefinitionNode)?.Values ?? [])
        {
            Add(DirectiveLocation.EnumValue, value.Start, value.Directives);
        }

        foreach (var field in (part.Node as InputObjectTypeDefinitionNode)?.Fields ?? [])
        {
            Add(DirectiveLocation.InputFieldDefinition, field.Start, field.Directives);
        }

        foreach (var argument in (part.Node as DirectiveDefinitionNode)?.Arguments ?? [])
        {
            Add(DirectiveLocation.ArgumentDefinition, argument.Start, argument.Directives);
        }

        foreach (var field in SdlNodes.FieldsOf(part.Node))
        {
            foreach (var argument in field.Arguments)
            {
                Add(DirectiveLocation.ArgumentDefinition, argument.Start, argument.Directives);
            }

            Add(DirectiveLocation.FieldDefinition, field.Start, field.Directives);
        }

        void Add(DirectiveLocation location, int start, ImmutableArray<DirectiveNode> directives)
        {
            if (!directives.IsEmpty)
            {
                uses.Add(new(part, location, start, directives));
            }
        }
    }

    private static string? OwnerOf(DirectiveUse use) => use.Location switch
    {
        DirectiveLocation.Schema => "",
        DirectiveLocation.Scalar or DirectiveLocation.Object or DirectiveLocation.Interface or DirectiveLocation.Union
            or DirectiveLocation.Enum or DirectiveLocation.InputObject => ((TypeDefinitionNode)use.Part.Node).Name.Value,
        _ => null,
    };

    private static DirectiveLocation LocationOf(TypeSystemNode node) => node switch
    {
        SchemaDefinitionNode => DirectiveLocation.Schema,
        ScalarTypeDefinitionNode => DirectiveLocation.Scalar,
        ObjectTypeDefinitionNode => DirectiveLocation.Object,
        InterfaceTypeDefinitionNode => DirectiveLocation.Interface,
        UnionTypeDefinitionNode => DirectiveLocation.Union,
        EnumTypeDefinitionNode => DirectiveLocation.Enum,
        _ => DirectiveLocation.InputObject,
    };
}
