using System.Collections.Concurrent;

namespace GraphGateway.Gateway;

/// <summary>
/// The application's services as graphs need them, all of which it has once. Only the first graph asks the container for them: that has the pool find a faster way to what it is asked for again, and who makes the later ones gives the
/// pool nothing to do (<see cref="GraphThreads"/>).
/// </summary>
internal sealed class GraphServices(IServiceProvider services) : IServiceProvider
{
    private readonly ConcurrentDictionary<Type, object?> known = new();

    /// <inheritdoc/>
    public object? GetService(Type serviceType) => known.GetOrAdd(serviceType, services.GetService);
}
