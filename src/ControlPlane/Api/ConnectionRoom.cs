using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace GraphGateway.ControlPlane;

/// <summary>
/// How many connections a server has. Where there are as many as it may have, one makes room for the next on which nothing is asked, or by nobody who is known: those first on which nobody has ever shown
/// a valid key, and of the address that has most of these the one that has been without a question for longest. So who opens connections and leaves them, or never ends a request's head or a form,
/// shuts out nobody but themselves. Where somebody known asks on each, the next one is closed.
/// </summary>
/// <param name="most">How many.</param>
/// <param name="logger">Is told where there is no room.</param>
/// <param name="clock">Says when it was told last.</param>
internal sealed class ConnectionRoom(int most, ILogger logger, TimeProvider clock)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private readonly Lock gate = new();
    private readonly HashSet<Place> places = [];
    private long last;
    private long arrived;
    private long refused;
    private long? told;

    /// <summary>How many there are.</summary>
    public int Count
    {
        get
        {
            lock (gate)
            {
                return places.Count;
            }
        }
    }

    /// <summary>On how many nothing is asked.</summary>
    public int Idle
    {
        get
        {
            lock (gate)
            {
                return places.Count(place => place.Requests == 0);
            }
        }
    }

    /// <summary>How many there have been, with those that had no room.</summary>
    public long Arrived => Interlocked.Read(ref arrived);

    /// <summary>Who asks has shown a valid key: the connection makes no room until that is answered.</summary>
    public static void Know(HttpContext context) => context.Features.Get<Place>()?.Know();

    /// <summary>What each connection passes.</summary>
    public async Task AdmitAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        if (Enter(connection) is not { } place)
        {
            connection.Abort(new ConnectionAbortedException("The registry has no room for another connection."));
            return;
        }

        connection.Features.Set(place);
        try
        {
            await next(connection);
        }
        finally
        {
            lock (gate)
            {
                places.Remove(place);
            }
        }
    }

    /// <summary>What each request passes: as long as it is answered, and who asks is known, its connection makes no room.</summary>
    public Task AnswerAsync(HttpContext context, RequestDelegate next)
    {
        // Whatever asks has come through here.
        var place = context.Features.Get<Place>()!;
        lock (gate)
        {
            place.Requests++;
        }

        // When all of the answer has gone.
        context.Response.OnCompleted(() =>
        {
            lock (gate)
            {
                place.Requests--;
                place.IsKnown = false;
                place.Since = ++last;
            }

            return Task.CompletedTask;
        });
        return next(context);
    }

    private Place? Enter(ConnectionContext connection)
    {
        Place? leaving = null;
        Place? entered = null;
        string? line = null;
        lock (gate)
        {
            if (places.Count >= most)
            {
                leaving = FindIdle();
            }

            if (leaving is not null || places.Count < most)
            {
                _ = leaving is not null && places.Remove(leaving);
                entered = new Place(connection, (connection.RemoteEndPoint as IPEndPoint)?.Address, gate) { Since = ++last };
                places.Add(entered);
            }
            else
            {
                refused++;
                if (told is not { } before || clock.GetElapsedTime(before) >= Pause)
                {
                    line = $"{most} connections are asking something with a valid key, and there is no room for others: {refused} refused since this was told last. Another server beside this one makes room, or gateways that ask elsewhere.";
                    (told, refused) = (clock.GetTimestamp(), 0);
                }
            }
        }

        Interlocked.Increment(ref arrived);
        if (line is not null)
        {
            logger.LogWarning("{Line}", line);
        }

        leaving?.Connection.Abort(new ConnectionAbortedException("Another connection needs the room of this one, on which nobody who is known asks anything."));
        return entered;
    }

    private Place? FindIdle() => places.Where(place => place.Requests == 0 || !place.IsKnown)
        .GroupBy(place => (place.HasShownKey, place.Address))
        .OrderBy(group => group.Key.HasShownKey).ThenByDescending(group => group.Count()).ThenBy(group => group.Min(place => place.Since))
        .FirstOrDefault()?.MinBy(place => place.Since);

    private sealed class Place(ConnectionContext connection, IPAddress? address, Lock gate)
    {
        public ConnectionContext Connection => connection;

        public IPAddress? Address => address;

        /// <summary>How many requests are answered on it.</summary>
        public int Requests { get; set; }

        /// <summary>Whether who asks now has shown a valid key.</summary>
        public bool IsKnown { get; set; }

        /// <summary>Whether anybody ever has.</summary>
        public bool HasShownKey { get; private set; }

        public void Know()
        {
            lock (gate)
            {
                IsKnown = HasShownKey = true;
            }
        }

        /// <summary>Since when nothing is asked on it: the number of the moment.</summary>
        public long Since { get; set; }
    }
}
