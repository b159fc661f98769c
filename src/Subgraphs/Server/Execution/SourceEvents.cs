using System.Reflection;
using System.Runtime.CompilerServices;

namespace GraphGateway.Subgraphs.Server;

/// <summary>One event of a source stream: the initial value of one execution, from which the root field takes its own value.</summary>
internal sealed record SourceEvent(object? Value)
{
    public static object? ValueOf(object parent) => ((SourceEvent)parent).Value;
}

/// <summary>Source streams as streams of objects.</summary>
internal static class SourceEvents
{
    private static readonly MethodInfo BoxedMethod = typeof(SourceEvents).GetMethod(nameof(Boxed), BindingFlags.NonPublic | BindingFlags.Static)!;

    /// <summary>The stream that a resolver gave; null when it gave none.</summary>
    public static IAsyncEnumerable<object?>? Of(object? result)
    {
        if (result is IAsyncEnumerable<object?> events)
        {
            return events;
        }

        var type = result?.GetType().GetInterfaces().FirstOrDefault(
            candidate => candidate.IsGenericType && candidate.GetGenericTypeDefinition() == typeof(IAsyncEnumerable<>));
        return (IAsyncEnumerable<object?>?)(type is null ? null : BoxedMethod.MakeGenericMethod(type.GetGenericArguments()).Invoke(null, [result, CancellationToken.None]));
    }

    /// <summary>The stream with what it uses: disposed when the stream ends.</summary>
    public static object With(object stream, IAsyncDisposable resource) =>
        Of(stream) is { } events ? Owning(events, resource, CancellationToken.None) : stream;

    private static async IAsyncEnumerable<object?> Owning(
        IAsyncEnumerable<object?> events,
        IAsyncDisposable resource,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using (resource)
        {
            await foreach (var value in events.WithCancellation(cancellationToken))
            {
                yield return value;
            }
        }
    }

    private static async IAsyncEnumerable<object?> Boxed<T>(IAsyncEnumerable<T> events, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var value in events.WithCancellation(cancellationToken))
        {
            yield return value;
        }
    }
}
