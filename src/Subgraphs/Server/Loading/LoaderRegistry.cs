using Microsoft.Extensions.DependencyInjection;

namespace GraphGateway.Subgraphs.Server;

/// <summary>The loaders of one request, each with its own scope of services.</summary>
internal sealed class LoaderRegistry(IServiceProvider services, Action wake) : IAsyncDisposable
{
    private readonly Lock gate = new();
    private readonly List<(Loader Loader, AsyncServiceScope Scope)> loaders = [];

    public Loader Get(Type type)
    {
        lock (gate)
        {
            foreach (var (existing, _) in loaders)
            {
                if (existing.GetType() == type)
                {
                    return existing;
                }
            }

            var scope = services.GetRequiredService<IServiceScopeFactory>().CreateAsyncScope();
            var loader = (Loader)ActivatorUtilities.CreateInstance(scope.ServiceProvider, type);
            loader.Wake = wake;
            loaders.Add((loader, scope));
            return loader;
        }
    }

    /// <summary>Starts a batch of every loader that has keys; false when none had.</summary>
    public bool Dispatch(CancellationToken cancellationToken)
    {
        List<Loader>? ready = null;
        lock (gate)
        {
            foreach (var (loader, _) in loaders)
            {
                if (loader.CanDispatch)
                {
                    (ready ??= []).Add(loader);
                }
            }
        }

        foreach (var loader in ready ?? [])
        {
            loader.Dispatch(cancellationToken);
        }

        return ready is not null;
    }

    /// <summary>Forgets what was loaded, because a mutation has run since.</summary>
    public void Clear()
    {
        lock (gate)
        {
            foreach (var (loader, _) in loaders)
            {
                loader.Clear();
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var (_, scope) in loaders)
        {
            await scope.DisposeAsync();
        }
    }
}
