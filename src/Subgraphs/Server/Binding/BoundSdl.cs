using System.Collections.Immutable;
using System.Reflection;
using GraphGateway.Language;
using GraphGateway.TypeSystem;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Subgraphs.Server;

/// <summary>
/// Writes a bound schema as SDL: <see cref="BoundSchema.ToSdl"/>. Types of fields, arguments and input fields are read off the C# signatures;
/// a place where the C# says nothing keeps the schema's type.
/// </summary>
internal sealed class BoundSdl
{
    private readonly BoundSchema bound;

    private BoundSdl(BoundSchema bound) => this.bound = bound;

    public static string Print(BoundSchema bound)
    {
        var writer = new BoundSdl(bound);
        var definitions = ImmutableArray.CreateBuilder<DefinitionNode>();
        if (writer.Schema() is { } schema)
        {
            definitions.Add(schema);
        }

        definitions.AddRange(bound.Schema.Types.Where(type => writer.IsOwn(type.Origins)).Select(writer.Type));
        definitions.AddRange(bound.Schema.DirectiveDefinitions.Where(directive => directive.Origin is { } origin && writer.IsOwn([origin])).Select(writer.Directive));
        return Printer.Print(new DocumentNode(new SourceText(""), definitions.DrainToImmutable()));
    }

    private bool IsOwn(ImmutableArray<SyntaxOrigin> origins) =>
        origins.Any(origin => bound.Documents.Own.Any(document => document.Source == origin.Source));

    private SchemaDefinitionNode? Schema()
    {
        var schema = bound.Schema;
        if (!IsOwn(schema.Origins))
        {
            return null;
        }

        var roots = Enum.GetValues<OperationType>()
            .Where(operation => schema.RootType(operation) is not null)
            .Select(operation => new RootOperationTypeNode(0, 0, operation, Named(schema.RootType(operation)!)));
        return new SchemaDefinitionNode(0, 0, isExtension: false, Syntax.Description(schema.Description), schema.Directives, [.. roots]);
    }

    private DefinitionNode Type(NamedType type) => type switch
    {
        ScalarType => new ScalarTypeDefinitionNode(0, 0, false, Syntax.Description(type.Description), Name(type.Name), type.Directives),
        ObjectType objectType => Object(objectType),
        InterfaceType @interface => new InterfaceTypeDefinitionNode(
            0, 0, false, Syntax.Description(type.Description), Name(type.Name), [.. @interface.Interfaces.Select(Named)], type.Directives, [.. @interface.Fields.Select(field => Field(field, null))]),
        UnionType union => new UnionTypeDefinitionNode(
            0, 0, false, Syntax.Description(type.Description), Name(type.Name), type.Directives, [.. union.Members.Select(Named)]),
        EnumType @enum => new EnumTypeDefinitionNode(
            0, 0, false, Syntax.Description(type.Description), Name(type.Name), type.Directives, [.. @enum.Values.Select(Value)]),
        InputObjectType input => InputObject(input),
        _ => throw new InvalidOperationException($"{type} is no kind of type."),
    };

    private ObjectTypeDefinitionNode Object(ObjectType type)
    {
        var fields = bound.Find(type).Fields;
        return new ObjectTypeDefinitionNode(
            0,
            0,
            isExtension: false,
            Syntax.Description(type.Description),
            Name(type.Name),
            [.. type.Interfaces.Select(Named)],
            type.Directives,
            [.. type.Fields.Where(IsOwn).Select(field => Field(field, fields[field.Name]))]);
    }

    private bool IsOwn(FieldDefinition field) => field.Origin is { } origin && IsOwn([origin]);

    private InputObjectTypeDefinitionNode InputObject(InputObjectType type)
    {
        var shapes = bound.Types.ClrTypeOf(type) is { } clrType ? MembersOf(clrType) : [];
        return new InputObjectTypeDefinitionNode(
            0,
            0,
            isExtension: false,
            Syntax.Description(type.Description),
            Name(type.Name),
            type.Directives,
            [.. type.Fields.Select(field => InputValue(field, shapes.GetValueOrDefault(field.Name)))]);
    }

    private static Dictionary<string, ClrShape> MembersOf(Type clrType)
    {
        var shapes = new Dictionary<string, ClrShape>();
        foreach (var parameter in clrType.GetConstructors().MaxBy(constructor => constructor.GetParameters().Length)?.GetParameters() ?? [])
        {
            shapes[Names.Of(parameter)] = ClrShape.Of(parameter);
        }

        foreach (var property in clrType.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            shapes.TryAdd(Names.Of(property), ClrShape.Of(property));
        }

        return shapes;
    }

    private static FieldDefinitionNode Field(FieldDefinition field, BoundField? binding) => new(
        0,
        0,
        Syntax.Description(field.Description),
        Name(field.Name),
        [.. field.Arguments.Select(argument => InputValue(argument, binding?.Arguments?.GetValueOrDefault(argument.Name)))],
        Reference(field.Type, binding?.Shape),
        field.Directives);

    private static InputValueDefinitionNode InputValue(InputValueDefinition value, ClrShape? shape) =>
        new(0, 0, Syntax.Description(value.Description), Name(value.Name), Reference(value.Type, shape), value.DefaultValue, value.Directives);

    private static EnumValueDefinitionNode Value(EnumValueDefinition value) =>
        new(0, 0, Syntax.Description(value.Description), Name(value.Name), value.Directives);

    private DirectiveDefinitionNode Directive(DirectiveDefinition directive) => new(
        0,
        0,
        Syntax.Description(directive.Description),
        Name(directive.Name),
        [.. directive.Arguments.Select(argument => InputValue(argument, null))],
        directive.IsRepeatable,
        [.. directive.Locations.Select(location => Name(location.ToWire()))]);

    /// <summary>Lists and nullability as the C# has them; the name, which was checked to fit, as the schema has it.</summary>
    private static TypeNode Reference(GraphQLType declared, ClrShape? shape)
    {
        var inner = declared.Nullable is ListType list
            ? new ListTypeNode(0, 0, Reference(list.OfType, shape?.Item))
            : (TypeNode)Named(declared.Named);
        var isNonNull = shape is null ? declared.IsNonNull : !shape.IsNullable;
        return isNonNull ? new NonNullTypeNode(0, 0, inner) : inner;
    }

    private static NamedTypeNode Named(NamedType type) => new(0, 0, Name(type.Name));

    private static NameNode Name(string name) => new(name, 0);
}
