using System.Collections.Immutable;
using GraphGateway.Language;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Composition;

/// <summary>The composed members as a document of definitions.</summary>
internal static class MergedDocument
{
    internal static DocumentNode Of(MergedSchema merged, CancellationToken cancellation)
    {
        var composed = ComposedDirectives.Of(merged.Sources);
        var access = AccessMerger.Merge(merged, cancellation);
        var definitions = ImmutableArray.CreateBuilder<DefinitionNode>();
        definitions.Add(new SchemaDefinitionNode(
            0, 0, isExtension: false, SchemaDescription(merged.Sources), SchemaDirectives(merged.Sources, composed),
            [
                .. Enum.GetValues<OperationType>()
                    .Where(operation => merged.Types.ContainsKey(operation.ToString()))
                    .Select(operation => new RootOperationTypeNode(0, 0, operation, Syntax.NamedType(operation.ToString()))),
            ]));
        definitions.AddRange(composed.Definitions);
        MergedType[] types = [.. merged.Types.Values];
        var defined = new DefinitionNode[types.Length];
        Parallel.For(0, types.Length, new ParallelOptions { CancellationToken = cancellation }, i => defined[i] = Define(types[i], composed, access));
        definitions.AddRange(defined);
        return new DocumentNode(new SourceText("", "the composed schema"), definitions.DrainToImmutable());
    }

    private static StringValueNode? SchemaDescription(SourceSet sources)
    {
        var descriptions = sources.Models.Select(model => model.Schema.Description);
        return Syntax.Description(
            sources.Models.All(model => model.IsApollo) ? ApolloDescriptions.Merge(descriptions) : SchemaMerger.Description(descriptions));
    }

    private static ImmutableArray<DirectiveNode> SchemaDirectives(SourceSet sources, ComposedDirectives composed) =>
        MergedDirectives.OfApollo(
            sources.Models.Select(model => model.SchemaDirectives.Select(entry => entry.Directive).ToImmutableArray()), composed);

    private static DefinitionNode Define(MergedType type, ComposedDirectives composed, AccessMerger access)
    {
        var name = Syntax.Name(type.Name);
        var sources = type.Group.Sources;
        var descriptions = sources.Select(source => source.Definition.Description);
        var description = Syntax.Description(type.Group.IsApollo ? ApolloDescriptions.Merge(descriptions) : SchemaMerger.Description(descriptions));
        var applied = sources.Select(source => source.Definition.Directives);
        var directives = (type.Group.IsApollo ? MergedDirectives.OfApollo(applied, composed) : MergedDirectives.Of(applied))
            .AddRange(access.Of(type.Name).ToDirectives());
        return type.Kind switch
        {
            TypeKind.Scalar => new ScalarTypeDefinitionNode(0, 0, false, description, name, directives),
            TypeKind.Object => new ObjectTypeDefinitionNode(
                0, 0, false, description, name, Types(type.Interfaces), directives, [.. type.Fields.Values.Select(field => Field(type, field, composed, access))]),
            TypeKind.Interface => new InterfaceTypeDefinitionNode(
                0, 0, false, description, name, Types(type.Interfaces), directives, [.. type.Fields.Values.Select(field => Field(type, field, composed, access))]),
            TypeKind.Union => new UnionTypeDefinitionNode(0, 0, false, description, name, directives, Types(type.Members)),
            TypeKind.Enum => new EnumTypeDefinitionNode(
                0, 0, false, description, name, directives,
                [
                    .. type.EnumValues.Select(value => new EnumValueDefinitionNode(
                        0, 0, Syntax.Description(value.Description), Syntax.Name(value.Name), value.Directives)),
                ]),
            _ => new InputObjectTypeDefinitionNode(0, 0, false, description, name, directives, Inputs(type.InputFields.Values)),
        };
    }

    // What comes from an interface object is the same field in each of the interface's objects, unless these say who may see it.
    private static FieldDefinitionNode Field(MergedType type, MergedField field, ComposedDirectives composed, AccessMerger access) =>
        access.IsEmpty && field.Group.Type != type.Group ? field.Definition ??= Define(type, field, composed, access) : Define(type, field, composed, access);

    private static FieldDefinitionNode Define(MergedType type, MergedField field, ComposedDirectives composed, AccessMerger access)
    {
        var (description, directives) = field.Group.Sources is [var only]
            ? (only.Definition.Description, only.Model.IsApollo ? MergedDirectives.OfApollo(only.Definition.Directives, composed) : MergedDirectives.Of(only.Definition.Directives))
            : Together(field.Group, composed);
        return new FieldDefinitionNode(
            0,
            0,
            Syntax.Description(description),
            Syntax.Name(field.Name),
            Inputs(field.Arguments.Values),
            field.Type,
            access.IsEmpty ? directives : directives.AddRange(access.Of($"{type.Name}.{field.Name}").ToDirectives()));
    }

    private static (string? Description, ImmutableArray<DirectiveNode> Directives) Together(FieldGroup group, ComposedDirectives composed)
    {
        var isApollo = group.IsApollo;
        var sources = isApollo ? group.Owners : group.Sources;
        var descriptions = sources.Select(source => source.Definition.Description);
        var applied = sources.Select(source => source.Definition.Directives);
        return isApollo
            ? (ApolloDescriptions.Merge(descriptions), MergedDirectives.OfApollo(applied, composed))
            : (SchemaMerger.Description(descriptions), MergedDirectives.Of(applied));
    }

    private static ImmutableArray<InputValueDefinitionNode> Inputs(OrderedDictionary<string, MergedInput>.ValueCollection inputs) => inputs.Count == 0
        ? []
        :
        [
            .. inputs.Select(input => new InputValueDefinitionNode(
                0, 0, Syntax.Description(input.Description), Syntax.Name(input.Name), input.Type, input.DefaultValue, input.Directives)),
        ];

    private static ImmutableArray<NamedTypeNode> Types(IEnumerable<string> names) => [.. names.Select(Syntax.NamedType)];
}
