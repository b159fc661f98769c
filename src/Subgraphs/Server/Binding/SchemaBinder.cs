using System.Collections.Immutable;
using System.Reflection;
using System.Text;
using GraphGateway.Language;
using GraphGateway.TypeSystem;
using Microsoft.Extensions.DependencyInjection;

namespace GraphGateway.Subgraphs.Server;

/// <summary>
/// Puts the schema and the C# together, in the order of <see cref="Run"/>: 1. the schema; 2. CLR types for its types; 3. resolvers, found by
/// name; 4. every field is bound to something; 5. input objects can be made. Problems of a step are collected; a step that needs the one
/// before does not run when that failed.
/// </summary>
internal sealed class SchemaBinder
{
    private readonly GraphQLServerBuilder builder;
    private readonly List<string> problems = [];
    private readonly ClrTypeMap types;

    private SchemaBinder(GraphQLServerBuilder builder, IServiceProviderIsService? services)
    {
        this.builder = builder;
        Services = services;
        types = new ClrTypeMap(builder.Scalars);
    }

    private IServiceProviderIsService? Services { get; }

    public static BindingResult Bind(GraphQLServerBuilder builder, IServiceProviderIsService? services)
    {
        var binder = new SchemaBinder(builder, services);
        var schema = binder.Run();
        return binder.problems.Count == 0 ? new BindingResult(schema, []) : new BindingResult(null, [.. binder.problems]);
    }

    private BoundSchema? Run()
    {
        // 1.
        if (SourceSchemaReader.Read(builder.Sources, problems) is not { } source)
        {
            return null;
        }

        // 2.
        new ClrTypeBinder(builder, source.Schema, types, problems).Bind();
        if (problems.Count > 0)
        {
            return null;
        }

        // 3. and 4.
        var inputs = new InputConverters(source.Schema, types, problems);
        var objects = new Dictionary<ObjectType, BoundObject>();
        var bound = new BoundSchema(source.Schema, objects, types, source.Documents);
        var fields = new FieldBinder(builder, bound, types, inputs, Services, problems);
        foreach (var type in source.Schema.ObjectTypes)
        {
            objects[type] = type.IsBuiltIn ? IntrospectionResolvers.Bind(source.Schema, type) : fields.Bind(type, ResolverClassesOf(type.Name));
        }

        // 5.
        CheckDefaults(bound);
        return bound;
    }

    private List<Type> ResolverClassesOf(string typeName) =>
        [.. builder.AttributedTypes.Where(type => ClrTypeBinder.IsResolverClass(type) && type.GetCustomAttributes<GraphQLTypeAttribute>().Any(name => name.Name == typeName))];

    private void CheckDefaults(BoundSchema schema)
    {
        var arguments = schema.Schema.Types.OfType<ComplexType>().Where(type => !type.IsBuiltIn).SelectMany(type => type.Fields)
            .SelectMany(field => field.Arguments.Select(argument => (Place: $"{field}({argument.Name}:)", Definition: argument)));
        var inputFields = schema.Schema.Types.OfType<InputObjectType>()
            .SelectMany(type => type.Fields.Select(field => (Place: $"{type.Name}.{field.Name}", Definition: field)));
        foreach (var (place, definition) in arguments.Concat(inputFields).Where(entry => entry.Definition.DefaultValue is not null))
        {
            if (!LiteralCoercion.TryCoerce(schema, definition.DefaultValue!, definition.Type, LiteralCoercion.NoVariables, out _))
            {
                problems.Add($"The default of {place}, {LiteralText.Print(definition.DefaultValue!)}, is not a value of {definition.Type}.");
            }
        }
    }
}

/// <summary>The schema of a server and the documents that it comes from.</summary>
internal sealed record SourceSchema(Schema Schema, SourceDocuments Documents);

/// <summary>Reads the texts of a schema, and what their dialect adds.</summary>
internal static class SourceSchemaReader
{
    public static SourceSchema? Read(IReadOnlyList<SchemaSource> sources, List<string> problems)
    {
        if (sources.Count == 0)
        {
            problems.Add("There is no schema: call AddSchema or AddSchemaFile.");
            return null;
        }

        var documents = ImmutableArray.CreateBuilder<DocumentNode>();
        foreach (var source in sources)
        {
            if (source.Sdl is null && !File.Exists(source.Name))
            {
                problems.Add($"The schema file {source.Name} does not exist.");
                continue;
            }

            var text = new SourceText(source.Sdl is null ? File.ReadAllBytes(source.Name) : Encoding.UTF8.GetBytes(source.Sdl), source.Name);
            var parsed = Parser.ParseDocument(text, ParserOptions.Schema);
            if (parsed.IsSuccess)
            {
                documents.Add(parsed.Value);
            }
            else
            {
                problems.Add(Describe(parsed.Error, source.Name));
            }
        }

        return problems.Count == 0 ? Build(documents.DrainToImmutable(), problems) : null;
    }

    private static SourceSchema? Build(ImmutableArray<DocumentNode> own, List<string> problems)
    {
        var federation = FederationSupport.For(own);
        var options = new SchemaBuilderOptions
        {
            Prelude = federation?.Prelude ?? DialectDirectives.UsedBy(own),
            ExtensionsMayDefine = true,
            AllowMissingQuery = federation is not null,
        };
        var documents = federation is null ? own : own.Add(federation.Additions);
        var result = SchemaBuilder.Build(documents, options);
        if (result.Schema is { } schema)
        {
            return new SourceSchema(schema, new SourceDocuments(own, federation));
        }

        problems.AddRange(result.Errors.Select(error => Describe(error, own[0].Source.Name)));
        return null;
    }

    private static string Describe(GraphQLError error, string name) =>
        error.Locations.IsDefaultOrEmpty ? $"{name}: {error.Message}" : $"{name}:{error.Locations[0].Line}:{error.Locations[0].Column}: {error.Message}";
}
