using System.Linq.Expressions;
using System.Reflection;

namespace GraphGateway.Subgraphs.Server;

/// <summary>Compiles calls of resolver methods.</summary>
internal static class MethodCalls
{
    /// <summary>A call with an array of arguments; tasks are looked through. A null argument of a value type is its default.</summary>
    public static Func<object?[], ValueTask<object?>> Compile(MethodInfo method)
    {
        var values = Expression.Parameter(typeof(object[]));
        var arguments = method.GetParameters().Select((parameter, i) => Argument(Expression.ArrayIndex(values, Expression.Constant(i)), parameter.ParameterType));
        var call = Expression.Call(method, arguments);
        var result = method.ReturnType;
        var generic = result.IsGenericType ? result.GetGenericTypeDefinition() : null;
        var adapter = generic == typeof(Task<>) ? nameof(FromTask) : generic == typeof(ValueTask<>) ? nameof(FromValueTask) : nameof(FromValue);
        var type = adapter == nameof(FromValue) ? result : result.GetGenericArguments()[0];
        var adapted = Expression.Call(typeof(MethodCalls), adapter, [type], call);
        return Expression.Lambda<Func<object?[], ValueTask<object?>>>(adapted, values).Compile();
    }

    private static Expression Argument(Expression value, Type type) => type.IsValueType && Nullable.GetUnderlyingType(type) is null
        ? Expression.Condition(Expression.Equal(value, Expression.Constant(null)), Expression.Default(type), Expression.Convert(value, type))
        : Expression.Convert(value, type);

    private static ValueTask<object?> FromValue<T>(T value) => new(value);

    private static ValueTask<object?> FromTask<T>(Task<T> task) =>
        task.IsCompletedSuccessfully ? new ValueTask<object?>(task.Result) : Await(task);

    private static ValueTask<object?> FromValueTask<T>(ValueTask<T> task) =>
        task.IsCompletedSuccessfully ? new ValueTask<object?>(task.Result) : Await(task.AsTask());

    private static async ValueTask<object?> Await<T>(Task<T> task) => await task;
}
