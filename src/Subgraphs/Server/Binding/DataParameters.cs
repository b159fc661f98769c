using System.Reflection;
using GraphGateway.Language;
using GraphGateway.TypeSystem;

namespace GraphGateway.Subgraphs.Server;

/// <summary>
/// Resolver parameters that the library makes from arguments and selection: <see cref="PageRequest{T}"/>, <see cref="Projection{T}"/>,
/// <see cref="Filter{T}"/> and <see cref="Sort{T}"/>. They depend on the field's selection and arguments alone, so each is made once an
/// operation and shared by all parents.
/// </summary>
internal sealed class DataParameters(GraphQLServerBuilder builder, ClrTypeMap types, List<string> problems)
{
    private static readonly ClrShape NullableInt = new(typeof(int), IsNullable: true, Item: null);
    private static readonly ClrShape NullableString = new(typeof(string), IsNullable: true, Item: null);

    public Func<ResolverContext, object?> Page(FieldDefinition field, Type pageType, Dictionary<string, ClrShape> arguments, string place) =>
        Make(nameof(MakePage), pageType, field, "", arguments, place);

    public Func<ResolverContext, object?> Projection(FieldDefinition field, Type projectionType, string place) =>
        Make(nameof(MakeProjection), projectionType, field, "", [], place);

    public Func<ResolverContext, object?>? Filter(FieldDefinition field, Type filterType, string argument, Dictionary<string, ClrShape> arguments, string place) =>
        field.FindArgument(argument) is null ? null : Make(nameof(MakeFilter), filterType, field, argument, arguments, place);

    public Func<ResolverContext, object?>? Sort(FieldDefinition field, Type sortType, string argument, Dictionary<string, ClrShape> arguments, string place) =>
        field.FindArgument(argument) is null ? null : Make(nameof(MakeSort), sortType, field, argument, arguments, place);

    private Func<ResolverContext, object?> Make(string method, Type type, FieldDefinition field, string argument, Dictionary<string, ClrShape> arguments, string place)
    {
        var make = typeof(DataParameters).GetMethod(method, BindingFlags.NonPublic | BindingFlags.Instance)!.MakeGenericMethod(type.GetGenericArguments()[0]);
        var read = (Func<ResolverContext, object?>)make.Invoke(this, [field, argument, arguments, place])!;
        return context =>
        {
            if (context.Group.ParameterValues.TryGetValue((type, argument), out var value))
            {
                return value;
            }

            var made = read(context);
            if (made is not null)
            {
                context.Group.ParameterValues[(type, argument)] = made;
            }

            return made;
        };
    }

    private Func<ResolverContext, object?> MakePage<T>(FieldDefinition field, string argument, Dictionary<string, ClrShape> arguments, string place)
        where T : class
    {
        foreach (var (name, shape) in new[] { ("first", NullableInt), ("after", NullableString), ("last", NullableInt), ("before", NullableString) })
        {
            if (field.FindArgument(name) is { } declared)
            {
                arguments[name] = shape;
                if (TypeCheck.Input(declared.Type, shape, types, declared.DefaultValue is not null) is { } problem)
                {
                    problems.Add($"{place} does not fit its argument \"{name}\": {problem}.");
                }
            }
        }

        if (field.Type.Named is not ObjectType connection || types.ClrTypeOf(connection) != typeof(Connection<T>))
        {
            problems.Add($"{place} asks for a page of {typeof(T).Name}, and {field.Type.Named} is no connection of it.");
            return _ => null;
        }

        var where = field.FindArgument("where") is null ? null : MakeFilter<T>(field, "where", arguments, place);
        var order = field.FindArgument("order") is null ? null : MakeSort<T>(field, "order", arguments, place);
        return context =>
        {
            var selection = ConnectionSelection.Of(context.Execution, context.Group, connection);
            return new PageRequest<T>
            {
                First = (int?)context.Arguments.GetValueOrDefault("first"),
                After = (string?)context.Arguments.GetValueOrDefault("after"),
                Last = (int?)context.Arguments.GetValueOrDefault("last"),
                Before = (string?)context.Arguments.GetValueOrDefault("before"),
                Where = (Filter<T>?)where?.Invoke(context),
                Order = (Sort<T>?)order?.Invoke(context),
                Projection = new Projection<T>(selection.Properties),
                WantsItems = selection.WantsItems,
                WantsTotalCount = selection.WantsTotalCount,
                DefaultSize = builder.DefaultPageSize,
                MaxSize = builder.MaxPageSize,
            };
        };
    }

    private Func<ResolverContext, object?> MakeProjection<T>(FieldDefinition field, string argument, Dictionary<string, ClrShape> arguments, string place)
        where T : class
    {
        if (field.Type.Named is ObjectType type && types.ClrTypeOf(type) != typeof(T))
        {
            problems.Add($"{place} asks for a projection of {typeof(T).Name}, and that does not stand for {type}.");
        }

        return context => new Projection<T>(ConnectionSelection.PropertiesOf(context.Execution, [context.Group]));
    }

    private Func<ResolverContext, object?> MakeFilter<T>(FieldDefinition field, string argument, Dictionary<string, ClrShape> arguments, string place)
        where T : class
    {
        arguments[argument] = new ClrShape(typeof(Filter<T>), IsNullable: true, Item: null);
        if (field.FindArgument(argument)!.Type is not InputObjectType input)
        {
            problems.Add($"{place}: the argument \"{argument}\" must be a nullable input object to be a filter.");
            return _ => null;
        }

        var columns = new ColumnBinder(types, problems).Bind(typeof(T), input, isFilter: true);
        return context => context.Arguments.GetValueOrDefault(argument) is IReadOnlyDictionary<string, object?> value ? new Filter<T>(columns, value) : null;
    }

    private Func<ResolverContext, object?> MakeSort<T>(FieldDefinition field, string argument, Dictionary<string, ClrShape> arguments, string place)
        where T : class
    {
        arguments[argument] = new ClrShape(typeof(Sort<T>), IsNullable: true, new ClrShape(typeof(Sort<T>), IsNullable: false, Item: null));
        if (field.FindArgument(argument)!.Type is not ListType { OfType: NonNullType { OfType: InputObjectType input } })
        {
            problems.Add($"{place}: the argument \"{argument}\" must be a nullable list of non-null input objects to be an order.");
            return _ => null;
        }

        var columns = new ColumnBinder(types, problems).Bind(typeof(T), input, isFilter: false);
        return context =>
        {
            if (context.Arguments.GetValueOrDefault(argument) is not IReadOnlyList<object?> steps)
            {
                return null;
            }

            FilterLimits.CheckOrder(argument, steps.Count);
            return new Sort<T>([.. steps.SelectMany(step => Steps(columns, argument, (IReadOnlyDictionary<string, object?>)step!))]);
        };
    }

    private static IEnumerable<SortStep> Steps(ColumnSet columns, string argument, IReadOnlyDictionary<string, object?> step)
    {
        // The fields of an input object have no order, so two of them in one entry would be ambiguous.
        var named = step.Where(column => column.Value is not null).ToList();
        return named.Count <= 1
            ? named.Select(column => SortStep.Of(columns[column.Key].Path, (string)column.Value! == "DESC"))
            : throw new GraphQLException(
                $"Each entry of \"{argument}\" names one field; this one names {string.Join(", ", named.Select(column => column.Key))}.", ErrorCode.BadUserInput);
    }
}

/// <summary>What a selection asks of a connection, and of the rows in it.</summary>
/// <param name="WantsItems">Something of the page itself.</param>
/// <param name="WantsTotalCount">The number of items on all pages.</param>
/// <param name="Properties">The properties of the rows that are needed; null for all.</param>
internal sealed record ConnectionSelection(bool WantsItems, bool WantsTotalCount, IReadOnlyCollection<string>? Properties)
{
    public static ConnectionSelection Of(OperationExecution execution, FieldGroup group, ObjectType connection)
    {
        var fields = execution.SubFieldsOf(group, connection);
        var rows = fields.Where(field => field.Field.Name == "nodes").ToList();
        foreach (var edges in fields.Where(field => field.Field.Name == "edges"))
        {
            var ofEdge = execution.SubFieldsOf(edges, (ObjectType)edges.Field.Type.Named);
            rows.AddRange(ofEdge.Where(field => field.Field.Name == "node"));
        }

        return new ConnectionSelection(
            fields.Any(field => field.Field.Name is "nodes" or "edges" or "pageInfo"),
            fields.Any(field => field.Field.Name == "totalCount"),
            PropertiesOf(execution, rows));
    }

    /// <summary>The properties that the sub-selections of all the fields need; null when one of them may need any.</summary>
    public static IReadOnlyCollection<string>? PropertiesOf(OperationExecution execution, IReadOnlyList<FieldGroup> fields)
    {
        var properties = new HashSet<string>();
        foreach (var field in fields)
        {
            if (field.Field.Type.Named is not ObjectType type)
            {
                return null;
            }

            foreach (var selected in execution.SubFieldsOf(field, type).Where(selected => selected.Binding is not null))
            {
                if (selected.Binding!.Requires is not { } required)
                {
                    return null;
                }

                properties.UnionWith(required);
            }
        }

        return properties;
    }
}
