using System.Linq.Expressions;
using System.Reflection;
using GraphGateway.Language;
using GraphGateway.Validation;

namespace GraphGateway.Subgraphs.Server;

/// <summary>
/// Collects what a GraphQL server is made of: its schema, the C# types that stand for the schema's types, and the resolvers. Nothing is
/// checked here: <see cref="BoundSchema.Bind"/> does that, once, and reports everything at once.
/// </summary>
public sealed class GraphQLServerBuilder
{
    internal List<SchemaSource> Sources { get; } = [];

    internal List<Type> AttributedTypes { get; } = [];

    internal List<TypeBinding> TypeBindings { get; } = [];

    internal Dictionary<string, ScalarBinding> Scalars { get; } = BuiltInScalars.All.ToDictionary(scalar => scalar.Name);

    internal Dictionary<(string Type, string Field), Func<ResolverContext, ValueTask<object?>>> Resolvers { get; } = [];

    internal Dictionary<string, Func<ResolverContext, ValueTask<object?>>> EntityResolvers { get; } = [];

    internal Func<ResolverContext, ValueTask<object?>>? DefaultResolver { get; private set; }

    /// <summary>Items of a page when the client does not say how many.</summary>
    public int DefaultPageSize { get; set; } = 10;

    /// <summary>The largest <c>first</c> or <c>last</c>; a larger one is an error of the field.</summary>
    public int MaxPageSize { get; set; } = 100;

    /// <summary>Parsed and validated documents that are kept, the most recently used ones.</summary>
    public int DocumentCacheSize { get; set; } = 1_000;

    /// <summary>
    /// Limits on a document's text. A gateway repeats one lookup under many aliases, and writes out the fragments of its client, so they are
    /// far above what a client of the gateway may send.
    /// </summary>
    public ParserOptions Parser { get; set; } = new() { MaxTokens = 500_000, MaxBytes = 4_000_000 };

    /// <summary>Largest body of a request in bytes: the gateway's document, and its client's variables beside its own.</summary>
    public int MaxRequestBytes { get; set; } = 8_000_000;

    /// <summary>
    /// Limits on the shape of an operation. More generous than a gateway's: it repeats one lookup under many aliases in an operation, adds
    /// keys and requirements to what its client selects, and merges what several fragments select.
    /// </summary>
    public OperationLimits Limits { get; set; } = OperationLimits.Default with
    {
        Depth = new OperationLimit(100),
        Aliases = new OperationLimit(100_000),
        RootFields = new OperationLimit(1_000),
        Directives = new OperationLimit(10_000),
        Breadth = new OperationLimit(10_000),
        SettingPrefix = $"{nameof(GraphQLServerBuilder)}.{nameof(Limits)}.",
    };

    /// <summary>Adds definitions or extensions to the schema.</summary>
    /// <param name="sdl">GraphQL's schema definition language.</param>
    /// <param name="name">What messages call this text.</param>
    public GraphQLServerBuilder AddSchema(string sdl, string name = "schema.graphqls")
    {
        Sources.Add(new SchemaSource(name, sdl));
        return this;
    }

    /// <summary>Adds a file to the schema; a relative path starts at the program's own folder. A missing file is reported at start.</summary>
    public GraphQLServerBuilder AddSchemaFile(string path)
    {
        Sources.Add(new SchemaSource(Path.Combine(AppContext.BaseDirectory, path), null));
        return this;
    }

    /// <summary>Adds every type of an assembly that bears <see cref="GraphQLTypeAttribute"/>.</summary>
    public GraphQLServerBuilder AddTypesFrom(Assembly assembly) =>
        AddTypes([.. assembly.GetTypes().Where(type => type.IsDefined(typeof(GraphQLTypeAttribute)))]);

    /// <summary>Adds types that bear <see cref="GraphQLTypeAttribute"/>: static classes of resolvers, and the CLR types of GraphQL types.</summary>
    public GraphQLServerBuilder AddTypes(params IEnumerable<Type> types)
    {
        AttributedTypes.AddRange(types);
        return this;
    }

    /// <summary>
    /// Says that <typeparamref name="T"/> stands for the object type, input object or enum of that name: what <see cref="GraphQLTypeAttribute"/>
    /// on the type says too. The result takes columns to filter and sort by.
    /// </summary>
    public TypeBinding<T> Bind<T>(string typeName)
    {
        var binding = new TypeBinding<T>(typeName);
        TypeBindings.Add(binding);
        return binding;
    }

    /// <summary>Adds a custom scalar, or replaces a built-in one of the same name.</summary>
    public GraphQLServerBuilder AddScalar(ScalarBinding scalar)
    {
        Scalars[scalar.Name] = scalar;
        return this;
    }

    /// <summary>
    /// A field's resolver as a delegate instead of a method. Objects can then also be dictionaries (<c>IReadOnlyDictionary&lt;string, object?&gt;</c>,
    /// with <c>__typename</c> where the type is abstract). The delegate's signature says nothing of types, so none are checked. For a field of
    /// the Subscription root it gives the source stream, an <c>IAsyncEnumerable</c> of any type, whose events are the field's values.
    /// </summary>
    public GraphQLServerBuilder Resolve(string typeName, string fieldName, Func<ResolverContext, ValueTask<object?>> resolver)
    {
        Resolvers[(typeName, fieldName)] = resolver;
        return this;
    }

    /// <summary>
    /// Apollo Federation: finds an entity of the type as a delegate. The context's parent is the representation, an
    /// <c>IReadOnlyDictionary&lt;string, object?&gt;</c>.
    /// </summary>
    public GraphQLServerBuilder ResolveEntity(string typeName, Func<ResolverContext, ValueTask<object?>> resolver)
    {
        EntityResolvers[typeName] = resolver;
        return this;
    }

    /// <summary>The resolver of every field that nothing else is bound to; without it such a field is a problem at start.</summary>
    public GraphQLServerBuilder ResolveOthers(Func<ResolverContext, ValueTask<object?>> resolver)
    {
        DefaultResolver = resolver;
        return this;
    }
}

/// <summary>A part of the schema: its text, or a file that holds it (then <paramref name="Sdl"/> is null).</summary>
internal sealed record SchemaSource(string Name, string? Sdl);

/// <summary>A CLR type that stands for a GraphQL type.</summary>
public abstract class TypeBinding
{
    internal TypeBinding(string typeName, Type clrType)
    {
        TypeName = typeName;
        ClrType = clrType;
    }

    /// <summary>The GraphQL type's name.</summary>
    public string TypeName { get; }

    /// <summary>The CLR type.</summary>
    public Type ClrType { get; }

    internal Dictionary<string, Column> Columns { get; } = [];
}

/// <summary>A CLR type that stands for a GraphQL type, and what its filter and sort inputs mean.</summary>
/// <typeparam name="T">The CLR type.</typeparam>
public sealed class TypeBinding<T> : TypeBinding
{
    internal TypeBinding(string typeName)
        : base(typeName, typeof(T))
    {
    }

    /// <summary>
    /// Says which column a field of <c>where</c> and <c>order</c> stands for, when it is not the property of that name.
    /// </summary>
    /// <param name="field">The field's name in the filter and sort inputs.</param>
    /// <param name="path">The column: <c>order => order.TotalCents</c>.</param>
    /// <param name="convert">Turns the input's value into the column's: <c>(decimal amount) => (long)(amount * 100)</c>.</param>
    public TypeBinding<T> Column<TInput, TColumn>(string field, Expression<Func<T, TColumn>> path, Func<TInput, TColumn> convert)
    {
        Columns[field] = new Column(field, path, input => input is TInput value ? convert(value) : null);
        return this;
    }

    /// <summary>Says which column a field of <c>where</c> and <c>order</c> stands for; values are converted as those of properties are.</summary>
    public TypeBinding<T> Column<TColumn>(string field, Expression<Func<T, TColumn>> path)
    {
        Columns[field] = new Column(field, path, null);
        return this;
    }
}
