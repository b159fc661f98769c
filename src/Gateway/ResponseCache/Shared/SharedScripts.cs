namespace GraphGateway.Gateway;

/// <summary>
/// What is done in the shared store, each step whole or not at all. Beside what is kept it has one hash: <c>epoch</c>, another one whenever the store has lost it, was started anew or its
/// clock was set back by ten seconds or more, and where what is in the hash is no such thing: what was kept in an earlier one is not given any more; <c>number</c>, how many invalidations there were in it; the last of those, each by its
/// number; <c>last</c>, a time on the store's clock that has been; and <c>run</c>, which run of a server it is: one that was started with what it had once, or a replica that takes over, may have
/// lost invalidations that were in it already.
/// <para>
/// KEYS[1] is the hash, ARGV[1] an epoch that nobody has had. All replies begin with the epoch, the number and the time in milliseconds. What was written with another epoch than the
/// store's would be given to nobody, and is not written.
/// </para>
/// </summary>
internal static class SharedScripts
{
    /// <summary>How many invalidations the store remembers.</summary>
    public const int Remembered = 10_000;

    /// <summary>By how many milliseconds its clock may be set back before everything counts as lost.</summary>
    public const long ToleratedStep = 10_000;

    // Servers before 7 want the first line where a script asks for the time and then writes. A server without room does not write the last one, and still answers.
    private const string Head =
        """
        if redis.replicate_commands then redis.replicate_commands() end
        local t = redis.call('TIME')
        local now = tonumber(t[1]) * 1000 + math.floor(tonumber(t[2]) / 1000)
        local run = string.match(redis.call('INFO', 'server'), 'run_id:(%w+)') or ''
        local meta = redis.call('HMGET', KEYS[1], 'epoch', 'number', 'last', 'run')
        local epoch, number, last = meta[1], tonumber(meta[2]), tonumber(meta[3])
        local lost = not epoch or not number or not last or number < 0 or number > 9007199254000000 or number % 1 ~= 0
        if lost or not (last <= now + 10000) or meta[4] ~= run then
          redis.call('DEL', KEYS[1])
          epoch, number, last = ARGV[1], 0, 0
          redis.call('HSET', KEYS[1], 'epoch', epoch)
          redis.call('HSET', KEYS[1], 'run', run)
          redis.call('HSET', KEYS[1], 'number', '0')
        end
        if now > last + 500 then redis.pcall('HSET', KEYS[1], 'last', string.format('%.0f', now)) end

        """;

    /// <summary>
    /// KEYS[2...] are wanted; ARGV[2] bytes at most. Replies with a value or null for each, in their order, up to the first for which there is no room: those from there on are asked for again. One that has
    /// no room at all is told as if it were not there.
    /// </summary>
    public static readonly RedisScript Find = new(Head +
        """
        local found = {epoch, number, now}
        local room = tonumber(ARGV[2])
        for i = 2, #KEYS do
          local value = redis.call('GET', KEYS[i])
          if value and #value > room then
            if i > 2 then break end
            value = false
          end
          if value then room = room - #value end
          found[#found + 1] = value
        end
        return found
        """);

    /// <summary>KEYS[2...] are written. ARGV[2] is the epoch that they belong to; then for each, until when it may be given, and its bytes; what has none goes. Replies with how many were.</summary>
    public static readonly RedisScript Keep = new(Head +
        """
        local kept = 0
        if epoch == ARGV[2] then
          for i = 2, #KEYS do
            local left = tonumber(ARGV[i * 2 - 1]) - now
            if ARGV[i * 2] == '' then
              redis.call('DEL', KEYS[i])
            elseif left >= 1 then
              redis.call('SET', KEYS[i], ARGV[i * 2], 'PX', string.format('%.0f', left))
              kept = kept + 1
            end
          end
        end
        return {epoch, number, now, kept}
        """);

    /// <summary>ARGV[2...] are invalidations. They have the last numbers of the reply.</summary>
    public static readonly RedisScript Forget = new(Head +
        """
        for i = 2, #ARGV do
          number = redis.call('HINCRBY', KEYS[1], 'number', 1)
          redis.call('HSET', KEYS[1], tostring(number), ARGV[i])
          redis.call('HDEL', KEYS[1], tostring(number - 10000))
        end
        return {epoch, number, now}
        """);

    /// <summary>Invalidations from the number ARGV[2] on: as many as fit into ARGV[3] bytes, 500 at most, and one at least. Null for one that the store has lost.</summary>
    public static readonly RedisScript Read = new(Head +
        """
        local found = {epoch, number, now}
        local room = tonumber(ARGV[3])
        local first = tonumber(ARGV[2])
        for i = first, math.min(number, first + 499) do
          local value = redis.call('HGET', KEYS[1], tostring(i))
          if value and #value > room and i > first then break end
          room = room - (value and #value or 0)
          found[#found + 1] = value
        end
        return found
        """);
}
