using System.Collections.Immutable;
using System.Runtime.InteropServices;
using GraphGateway.Language;

namespace GraphGateway.TypeSystem;

/// <summary>Fills the declared types with what their definitions and extensions say.</summary>
internal sealed class MemberBuilder(TypeDeclarations types)
{
    /// <summary>The default of <c>@deprecated</c>'s reason (Spec §3.13.3).</summary>
    internal const string DefaultDeprecationReason = "No longer supported";

    /// <summary>References to unknown types; with checked documents there are none.</summary>
    internal List<GraphQLError> Errors { get; } = [];

    internal void FillTypes(Action? betweenParts)
    {
        foreach (var (type, entry) in types.All)
        {
            foreach (var part in entry.Parts)
            {
                Fill(type, part);
            }

            if (type is InputObjectType input)
            {
                // An extension must not provide it: the rules report that.
                input.IsOneOf = Directives.Has(entry.Parts[0].Node.Directives, "oneOf");
            }

            betweenParts?.Invoke();
        }
    }

    internal ImmutableArray<DirectiveDefinition> BuildDirectives(DefinitionSet definitions) =>
        [.. definitions.Directives.Values.Select(BuildDirective)];

    /// <summary>A field that stands in no definition, such as <c>__schema</c>.</summary>
    internal static FieldDefinition MetaField(string name, string description, GraphQLType type, params ImmutableArray<InputValueDefinition> arguments) =>
        new(name) { Description = description, Type = type, Arguments = arguments };

    // A part of another kind than the type is left out: the rules report it.
    private void Fill(NamedType type, SourcedDefinition part)
    {
        switch (type, part.Node)
        {
            case (ScalarType scalar, ScalarTypeDefinitionNode node):
                scalar.SpecifiedByUrl = StringArgument(node.Directives, "specifiedBy", "url") ?? scalar.SpecifiedByUrl;
                break;
            case (ComplexType complex, ObjectTypeDefinitionNode or InterfaceTypeDefinitionNode):
                if (SdlNodes.InterfacesOf(part.Node) is { IsEmpty: false } interfaces)
                {
                    complex.Interfaces = [.. complex.Interfaces.Union(Resolve<InterfaceType>(part, interfaces))];
                }

                var fields = BuildFields(part, complex);
                complex.Fields = complex.Fields.IsEmpty ? fields : complex.Fields.AddRange(fields);
                break;
            case (UnionType union, UnionTypeDefinitionNode node):
                union.Members = [.. union.Members.Union(Resolve<ObjectType>(part, node.Members))];
                break;
            case (EnumType @enum, EnumTypeDefinitionNode node):
                @enum.Values = @enum.Values.AddRange(node.Values.Select(value => BuildEnumValue(part, value)));
                break;
            case (InputObjectType input, InputObjectTypeDefinitionNode node):
                var inputs = BuildInputValues(part, node.Fields);
                input.Fields = input.Fields.IsEmpty ? inputs : input.Fields.AddRange(inputs);
                break;
        }
    }

    private IEnumerable<T> Resolve<T>(SourcedDefinition part, ImmutableArray<NamedTypeNode> references) where T : NamedType =>
        references.Select(reference => Resolve(part, reference)).OfType<T>();

    private ImmutableArray<FieldDefinition> BuildFields(SourcedDefinition part, ComplexType declaringType)
    {
        var nodes = SdlNodes.FieldsOf(part.Node);
        var fields = new FieldDefinition[nodes.Length];
        for (var i = 0; i < fields.Length; i++)
        {
            fields[i] = BuildField(part, declaringType, nodes[i]);
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(fields);
    }

    private FieldDefinition BuildField(SourcedDefinition part, ComplexType declaringType, FieldDefinitionNode node) => new(node.Name.Value)
    {
        Description = node.Description?.Value,
        DeclaringType = declaringType,
        Arguments = BuildInputValues(part, node.Arguments),
        Type = Resolve(part, node.Type),
        Directives = node.Directives,
        DeprecationReason = DeprecationReason(node.Directives),
        Origin = OriginOf(part, node),
    };

    private ImmutableArray<InputValueDefinition> BuildInputValues(SourcedDefinition part, ImmutableArray<InputValueDefinitionNode> nodes)
    {
        if (nodes.IsEmpty)
        {
            return [];
        }

        var values = new InputValueDefinition[nodes.Length];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = BuildInputValue(part, nodes[i]);
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(values);
    }

    private InputValueDefinition BuildInputValue(SourcedDefinition part, InputValueDefinitionNode node) => new(node.Name.Value)
    {
        Description = node.Description?.Value,
        Type = Resolve(part, node.Type),
        DefaultValue = node.DefaultValue,
        Directives = node.Directives,
        DeprecationReason = DeprecationReason(node.Directives),
        Origin = OriginOf(part, node),
    };

    private static EnumValueDefinition BuildEnumValue(SourcedDefinition part, EnumValueDefinitionNode node) => new(node.Name.Value)
    {
        Description = node.Description?.Value,
        Directives = node.Directives,
        DeprecationReason = DeprecationReason(node.Directives),
        Origin = OriginOf(part, node),
    };

    private DirectiveDefinition BuildDirective(SourcedDefinition part)
    {
        var node = (DirectiveDefinitionNode)part.Node;
        return new DirectiveDefinition(node.Name.Value)
        {
            Description = node.Description?.Value,
            Arguments = BuildInputValues(part, node.Arguments),
            Locations = [.. node.Locations.Select(static name => DirectiveLocations.Parse(name.Value)).OfType<DirectiveLocation>()],
            IsRepeatable = node.IsRepeatable,
            IsBuiltIn = BuiltInDefinitions.Directives.Any(builtIn => ((DirectiveDefinitionNode)builtIn.Node).Name.Value == node.Name.Value),
            Origin = OriginOf(part, node),
        };
    }

    // A type that is not there is reported and stands as String, so that building can go on to find the other errors.
    private GraphQLType Resolve(SourcedDefinition part, TypeNode node)
    {
        switch (node)
        {
            case ListTypeNode list:
                return new ListType(Resolve(part, list.Type));
            case NonNullTypeNode nonNull:
                return new NonNullType(Resolve(part, nonNull.Type));
        }

        var name = ((NamedTypeNode)node).Name.Value;
        if (types.Find(name) is { } type)
        {
            return type;
        }

        Errors.Add(SchemaErrors.At($"Unknown type \"{name}\".", part.At(node.Start)));
        return SpecifiedScalars.String;
    }

    private static SyntaxOrigin? OriginOf(SourcedDefinition part, SyntaxNode node) =>
        BuiltInDefinitions.IsBuiltIn(part) ? null : new SyntaxOrigin(part.Source, node);

    private static string? DeprecationReason(ImmutableArray<DirectiveNode> directives)
    {
        foreach (var directive in directives)
        {
            if (directive.Name.Value == "deprecated")
            {
                // Null and values of other types are errors of the rules; where those are not asked, the element is deprecated nevertheless.
                return directive.Argument("reason") is StringValueNode reason ? reason.Value : DefaultDeprecationReason;
            }
        }

        return null;
    }

    private static string? StringArgument(ImmutableArray<DirectiveNode> directives, string name, string argument) =>
        directives.Where(directive => directive.Name.Value == name)
            .Select(directive => (directive.Argument(argument) as StringValueNode)?.Value)
            .FirstOrDefault();
}
