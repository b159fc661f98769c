using System.Collections.Immutable;
using GraphGateway.Language;
using GraphGateway.TypeSystem;
using Microsoft.Extensions.DependencyInjection;

namespace GraphGateway.Subgraphs.Server;

/// <summary>A schema with its resolvers, or everything that is wrong with them. Exactly one of the two is there.</summary>
public sealed record BindingResult(BoundSchema? Schema, ImmutableArray<string> Problems);

/// <summary>
/// A schema whose every field is bound to C#. Immutable. It exists only when all names, types and arguments of both sides fit.
/// </summary>
public sealed class BoundSchema
{
    private readonly IReadOnlyDictionary<ObjectType, BoundObject> objects;
    private readonly ClrTypeMap types;

    internal BoundSchema(Schema schema, IReadOnlyDictionary<ObjectType, BoundObject> objects, ClrTypeMap types, SourceDocuments documents)
    {
        Schema = schema;
        this.objects = objects;
        this.types = types;
        Documents = documents;
    }

    /// <summary>The type system.</summary>
    public Schema Schema { get; }

    internal SourceDocuments Documents { get; }

    internal ClrTypeMap Types => types;

    /// <summary>Binds what was collected, and checks it.</summary>
    /// <param name="builder">The schema, the types and the resolvers.</param>
    /// <param name="services">Tells which types resolvers can take as services; null when it is not to be checked.</param>
    public static BindingResult Bind(GraphQLServerBuilder builder, IServiceProviderIsService? services = null) =>
        SchemaBinder.Bind(builder, services);

    /// <summary>
    /// The schema in GraphQL's schema definition language, put together from what is bound: types, nullability and arguments come from the C#
    /// signatures (as far as they say something: delegates do not), names and documentation from the schema. Equal to the published file when
    /// the service serves what it publishes.
    /// </summary>
    public string ToSdl() => BoundSdl.Print(this);

    internal BoundObject Find(ObjectType type) => objects[type];

    /// <summary>How the field is resolved; null for <c>__typename</c>, which needs no resolver.</summary>
    internal BoundField? FindBinding(ObjectType type, FieldDefinition field) => objects[type].Fields.GetValueOrDefault(field.Name);

    internal ScalarBinding Scalar(ScalarType type) => types.Scalar(type);

    internal BoundEnum? Enum(EnumType type) => types.Enum(type);

    /// <summary>
    /// What the value says of its type, for ResolveAbstractType()
    /// (<see href="https://spec.graphql.org/September2025/#sec-Value-Completion">Spec §6.4.3</see>): null when it says nothing, or names a type
    /// that the schema does not have.
    /// </summary>
    /// <param name="value">What a resolver gave.</param>
    /// <param name="name">The name that the value gives itself.</param>
    internal NamedType? TypeOf(object value, out string? name)
    {
        name = null;
        if (value is not IReadOnlyDictionary<string, object?> members)
        {
            return types.ObjectTypeOf(value.GetType());
        }

        name = members.GetValueOrDefault("__typename") as string;
        return name is null ? null : Schema.FindType(name);
    }
}

/// <summary>The documents that a schema was built from, for its texts and directives.</summary>
internal sealed record SourceDocuments(ImmutableArray<DocumentNode> Own, FederationSupport? Federation);
