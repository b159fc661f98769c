using System.Reflection;
using GraphGateway.Language;
using GraphGateway.TypeSystem;
using Microsoft.Extensions.DependencyInjection;

namespace GraphGateway.Subgraphs.Server;

/// <summary>
/// Binds a field to a resolver method. Each parameter's source is chosen once: the parent, a loader, what the request is about, an argument
/// of that name, or else a service. A call then only runs through an array of readers and one compiled call.
/// </summary>
internal sealed class MethodBinder(
    GraphQLServerBuilder builder,
    ClrTypeMap types,
    InputConverters inputs,
    IServiceProviderIsService? services,
    List<string> problems)
{
    private delegate object? ParameterReader(ResolverContext context, IServiceProvider services);

    /// <param name="type">The object type.</param>
    /// <param name="field">Its field.</param>
    /// <param name="parentType">The CLR type of the parent; null on a root type.</param>
    /// <param name="method">The C#.</param>
    /// <param name="isStream">True for a field of the Subscription root: the method gives a stream of events, each the field's value.</param>
    public BoundField? Bind(ObjectType type, FieldDefinition field, Type? parentType, MethodInfo method, bool isStream)
    {
        var problemsBefore = problems.Count;
        var place = $"{method.DeclaringType!.Name}.{method.Name}, the resolver of {field},";
        var shape = isStream ? ClrShape.OfEvents(method.ReturnParameter) : ClrShape.Of(method.ReturnParameter);
        if (shape is null)
        {
            problems.Add($"{place} must return an IAsyncEnumerable: a subscription is a stream of events.");
            return null;
        }

        CheckResult(field, shape, place);
        if (isStream && method.GetParameters().FirstOrDefault(parameter => typeof(Loader).IsAssignableFrom(parameter.ParameterType)) is { } loader)
        {
            problems.Add($"{place} takes a loader, {loader.Name}: a stream outlives the request that would load the keys. The events' own fields can have loaders.");
        }

        var usesServices = false;
        var arguments = new Dictionary<string, ClrShape>();
        var parent = default(ParameterInfo);
        var readers = new List<ParameterReader?>();
        foreach (var parameter in method.GetParameters())
        {
            if (parameter.IsDefined(typeof(ParentAttribute)))
            {
                parent = parameter;
                CheckParent(type, parentType, parameter, place);
                readers.Add((context, _) => context.Parent);
                continue;
            }

            var reader = FromRequest(field, parameter, arguments, place) ?? FromArgument(field, parameter, arguments, place);
            if (reader is null)
            {
                reader = FromServices(field, parameter, place);
                usesServices = true;
            }

            readers.Add(reader);
        }

        var takesAll = method.GetParameters().Any(parameter => parameter.ParameterType == typeof(ResolverContext));
        problems.AddRange(field.Arguments.Where(argument => !takesAll && !arguments.ContainsKey(argument.Name))
            .Select(argument => $"{place} does not take the argument \"{argument.Name}\"."));
        if (problems.Count > problemsBefore)
        {
            return null;
        }

        var call = MethodCalls.Compile(method);
        ParameterReader[] parameters = [.. readers.OfType<ParameterReader>()];
        return new BoundField(field)
        {
            Resolver = isStream ? null : Resolver(parameters, call, usesServices),
            Stream = isStream ? StreamResolver(parameters, call, usesServices) : null,
            Getter = isStream ? SourceEvent.ValueOf : null,
            Shape = shape,
            Arguments = takesAll ? null : arguments,
            Requires = parent is null ? [] : parent.GetCustomAttribute<RequiresAttribute>()?.Properties,
        };
    }

    /// <summary>Apollo Federation: a method that finds an entity; the context's parent is the representation.</summary>
    public EntityMethod BindEntity(ObjectType type, MethodInfo method)
    {
        var place = $"{method.DeclaringType!.Name}.{method.Name}, which finds entities of {type},";
        if (TypeCheck.Output(type, ClrShape.Of(method.ReturnParameter), types) is { } problem)
        {
            problems.Add($"{place} does not fit: {problem}.");
        }

        var required = new List<string>();
        var usesServices = false;
        var readers = new List<ParameterReader>();
        foreach (var parameter in method.GetParameters())
        {
            var name = Names.Of(parameter);
            if (parameter.ParameterType == typeof(IReadOnlyDictionary<string, object?>))
            {
                readers.Add((context, _) => context.Parent);
            }
            else if (FromRequest(type.Fields[0], parameter, [], place) is { } reader)
            {
                readers.Add(reader);
            }
            else if (type.FindField(name) is not null)
            {
                var shape = ClrShape.Of(parameter);
                required.AddRange(shape.IsNullable ? [] : [name]);
                readers.Add((context, _) => FromRepresentation(context.Parent!, name, shape.ClrType));
            }
            else
            {
                readers.Add(FromServices(type.Fields[0], parameter, place));
                usesServices = true;
            }
        }

        return new EntityMethod(required, Resolver([.. readers], MethodCalls.Compile(method), usesServices));
    }

    private object? FromRepresentation(object representation, string name, Type clrType)
    {
        var value = ((IReadOnlyDictionary<string, object?>)representation).GetValueOrDefault(name);
        return value is null ? null
            : clrType.IsEnum ? types.MemberOf(clrType, value as string ?? "")
                ?? throw new GraphQLException($"The value {ShownValue.Of(value)} cannot be used here.", ErrorCode.BadUserInput)
            : InputConverters.ConvertScalar(value, clrType);
    }

    private static Func<ResolverContext, ValueTask<object?>> Resolver(ParameterReader[] readers, Func<object?[], ValueTask<object?>> call, bool usesServices)
    {
        if (!usesServices)
        {
            return context => call(Read(readers, context, context.Services));
        }

        // A scope for each call: fields run at the same time, and a database context must not.
        return async context =>
        {
            await using var scope = context.Services.GetRequiredService<IServiceScopeFactory>().CreateAsyncScope();
            return await call(Read(readers, context, scope.ServiceProvider));
        };
    }

    /// <summary>The services live as long as the stream does.</summary>
    private static Func<ResolverContext, ValueTask<object?>> StreamResolver(ParameterReader[] readers, Func<object?[], ValueTask<object?>> call, bool usesServices)
    {
        if (!usesServices)
        {
            return context => call(Read(readers, context, context.Services));
        }

        return async context =>
        {
            var scope = context.Services.GetRequiredService<IServiceScopeFactory>().CreateAsyncScope();
            try
            {
                var stream = await call(Read(readers, context, scope.ServiceProvider));
                return stream is null ? null : SourceEvents.With(stream, scope);
            }
            catch
            {
                await scope.DisposeAsync();
                throw;
            }
        };
    }

    private static object?[] Read(ParameterReader[] readers, ResolverContext context, IServiceProvider services)
    {
        var values = new object?[readers.Length];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = readers[i](context, services);
        }

        return values;
    }

    private void CheckResult(FieldDefinition field, ClrShape shape, string place)
    {
        if (typeof(IQueryable).IsAssignableFrom(shape.ClrType))
        {
            problems.Add($"{place} returns a query, which would run after its database context is gone: return a list or a connection.");
        }
        else if (TypeCheck.Output(field.Type, shape, types) is { } problem)
        {
            problems.Add($"{place} does not fit: {problem}.");
        }
    }

    private void CheckParent(ObjectType type, Type? parentType, ParameterInfo parameter, string place)
    {
        if (parentType is null && parameter.ParameterType != typeof(object))
        {
            problems.Add($"{place} asks for its parent, and no C# type stands for {type.Name}.");
        }
        else if (parentType is not null && !parameter.ParameterType.IsAssignableFrom(parentType))
        {
            problems.Add($"{place} asks for a parent of type {Names.OfClr(parameter.ParameterType)}, and {Names.OfClr(parentType)} stands for {type.Name}.");
        }

        foreach (var property in parameter.GetCustomAttribute<RequiresAttribute>()?.Properties ?? [])
        {
            if (parameter.ParameterType.GetProperty(property) is null)
            {
                problems.Add($"{place} requires {Names.OfClr(parameter.ParameterType)}.{property}, which does not exist.");
            }
        }
    }

    private ParameterReader? FromRequest(FieldDefinition field, ParameterInfo parameter, Dictionary<string, ClrShape> arguments, string place)
    {
        var type = parameter.ParameterType;
        if (type == typeof(CancellationToken))
        {
            return (context, _) => context.CancellationToken;
        }

        if (type == typeof(ResolverContext))
        {
            return (context, _) => context;
        }

        if (typeof(Loader).IsAssignableFrom(type))
        {
            return (context, _) => context.Execution.Request.Loaders.Get(type);
        }

        if (!type.IsGenericType)
        {
            return null;
        }

        var data = new DataParameters(builder, types, problems);
        var reader = type.GetGenericTypeDefinition() switch
        {
            var generic when generic == typeof(PageRequest<>) => data.Page(field, type, arguments, place),
            var generic when generic == typeof(Projection<>) => data.Projection(field, type, place),
            var generic when generic == typeof(Filter<>) => data.Filter(field, type, Names.Of(parameter), arguments, place),
            var generic when generic == typeof(Sort<>) => data.Sort(field, type, Names.Of(parameter), arguments, place),
            _ => null,
        };
        return reader is null ? null : (context, _) => reader(context);
    }

    private ParameterReader? FromArgument(FieldDefinition field, ParameterInfo parameter, Dictionary<string, ClrShape> arguments, string place)
    {
        var name = Names.Of(parameter);
        if (field.FindArgument(name) is not { } argument)
        {
            return null;
        }

        var shape = ClrShape.Of(parameter);
        arguments[name] = shape;
        if (TypeCheck.Input(argument.Type, shape, types, argument.DefaultValue is not null) is { } problem)
        {
            problems.Add($"{place} does not fit its argument \"{name}\": {problem}.");
            return (_, _) => null;
        }

        var read = InputConverters.Read(name, inputs.Create(argument.Type, shape), shape, parameter.ParameterType, parameter.HasDefaultValue ? parameter.DefaultValue : null);
        return (context, _) => read(context.Arguments);
    }

    private ParameterReader FromServices(FieldDefinition field, ParameterInfo parameter, string place)
    {
        var type = parameter.ParameterType;
        if (services is not null && !services.IsService(type))
        {
            problems.Add($"{place} has a parameter \"{parameter.Name}\" that is neither an argument of {field} nor a service: {Names.OfClr(type)} is not registered.");
        }

        return (_, provider) => provider.GetRequiredService(type);
    }
}

/// <summary>A method that finds entities.</summary>
/// <param name="Required">Fields that a representation must have for it.</param>
/// <param name="Resolver">Finds the entity; the context's parent is the representation.</param>
internal sealed record EntityMethod(IReadOnlyList<string> Required, Func<ResolverContext, ValueTask<object?>> Resolver);
