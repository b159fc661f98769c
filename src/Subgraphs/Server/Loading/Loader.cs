namespace GraphGateway.Subgraphs.Server;

/// <summary>
/// What a request holds once for each loader type: it gathers keys while resolvers run and loads them together. Derive from
/// <see cref="BatchLoader{TKey, TValue}"/> or <see cref="GroupLoader{TKey, TItem}"/>; a resolver takes its loader as a parameter.
/// </summary>
/// <remarks>
/// A loader is made once per HTTP request, with a scope of services of its own (so it can take a database context), and is shared by all
/// operations of the request, a variable batch's too. Keys are loaded when nothing else of the request can run; batches of one loader run
/// one after the other, so its context is never used twice at once.
/// </remarks>
public abstract class Loader
{
    private protected Loader()
    {
    }

    /// <summary>Tells the request that keys wait, in case it is waiting for work.</summary>
    internal Action? Wake { get; set; }

    /// <summary>True when keys wait and no batch runs.</summary>
    internal abstract bool CanDispatch { get; }

    /// <summary>Starts the next batch. Its results arrive through the tasks that were handed out.</summary>
    internal abstract void Dispatch(CancellationToken cancellationToken);

    /// <summary>Forgets what was loaded: after a mutation's field the data may be other.</summary>
    internal abstract void Clear();
}
