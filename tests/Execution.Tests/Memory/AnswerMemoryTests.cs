using Xunit;

namespace GraphGateway.Execution.Tests.Memory;

public sealed class AnswerMemoryTests
{
    [Fact]
    public void An_array_of_a_usual_size_is_used_again()
    {
        var memory = new AnswerMemory(1_000_000);
        var first = memory.TryRent(40_000)!;
        Assert.Equal((65_536, 65_536L, 0L), (first.Length, memory.HeldBytes, memory.IdleBytes));

        memory.Return(first);
        Assert.Equal((0L, 65_536L), (memory.HeldBytes, memory.IdleBytes));

        Assert.Same(first, memory.TryRent(65_536));
        Assert.Equal((65_536L, 0L), (memory.HeldBytes, memory.IdleBytes));
    }

    [Theory]
    [InlineData(1, 16)]
    [InlineData(16_383, 16_384)]
    [InlineData(16_385, 32_768)]
    [InlineData(1_048_576, 1_048_576)]
    [InlineData(1_048_577, 2_097_152)]
    public void An_array_has_the_next_power_of_two(int bytes, int length)
    {
        var memory = new AnswerMemory(long.MaxValue);
        var array = memory.TryRent(bytes)!;
        Assert.Equal((length, (long)length), (array.Length, memory.HeldBytes));

        memory.Return(array);
        Assert.Equal(0, memory.HeldBytes);
    }

    [Fact]
    public void Each_size_has_arrays_of_its_own()
    {
        var memory = new AnswerMemory(long.MaxValue);
        for (var bytes = 16_384; bytes <= 1_048_576; bytes *= 2)
        {
            memory.Return(memory.TryRent(bytes)!);
        }

        for (var bytes = 1_048_576; bytes >= 16_384; bytes /= 2)
        {
            Assert.Equal(bytes, memory.TryRent(bytes)!.Length);
        }

        Assert.Equal(0, memory.IdleBytes);
    }

    [Fact]
    public void No_more_than_16_MB_lie_ready()
    {
        var memory = new AnswerMemory(long.MaxValue);
        byte[][] arrays = [.. Enumerable.Range(0, 20).Select(_ => memory.TryRent(1_000_000)!)];
        Assert.Equal((20L << 20, 0L), (memory.HeldBytes, memory.IdleBytes));

        foreach (var array in arrays)
        {
            memory.Return(array);
        }

        Assert.Equal((0L, 16L << 20), (memory.HeldBytes, memory.IdleBytes));
    }

    [Fact]
    public void Smaller_ones_and_the_largest_do_not_lie_ready_here()
    {
        var memory = new AnswerMemory(long.MaxValue);
        memory.Return(memory.TryRent(8_192)!);
        memory.Return(memory.TryRent(20_000_000)!);
        Assert.Equal((0L, 0L), (memory.HeldBytes, memory.IdleBytes));
    }

    [Fact]
    public void Of_large_ones_no_more_than_32_MB_lie_ready_and_they_take_no_room_from_others()
    {
        var memory = new AnswerMemory(long.MaxValue);
        byte[][] arrays = [.. Enumerable.Range(0, 4).Select(_ => memory.TryRent(16 << 20)!), .. Enumerable.Range(0, 20).Select(_ => memory.TryRent(1 << 20)!)];
        foreach (var array in arrays)
        {
            memory.Return(array);
        }

        Assert.Equal((0L, 48L << 20), (memory.HeldBytes, memory.IdleBytes));
    }

    [Fact]
    public void What_nobody_has_needed_for_a_while_is_let_go()
    {
        var memory = new AnswerMemory(long.MaxValue);
        memory.Return(memory.TryRent(1 << 16)!);
        memory.Return(memory.TryRent(1 << 21)!);
        Assert.True(memory.TakeUse());
        memory.Trim();
        Assert.Equal((1L << 16) + (1 << 21), memory.IdleBytes);

        // The smaller size is needed once more.
        memory.Return(memory.TryRent(1 << 16)!);
        memory.Trim();
        Assert.Equal(1L << 16, memory.IdleBytes);
        Assert.True(memory.TakeUse());

        memory.Trim();
        Assert.Equal(0, memory.IdleBytes);
        Assert.False(memory.TakeUse());
    }

    [Fact]
    public void Where_there_is_no_room_nothing_is_taken()
    {
        var memory = new AnswerMemory(100_000);
        var first = memory.TryRent(65_536)!;
        Assert.Null(memory.TryRent(40_000));
        Assert.Equal((65_536L, 0L), (memory.HeldBytes, memory.IdleBytes));

        memory.Return(first);
        Assert.Null(memory.TryRent(70_000));
        Assert.Same(first, memory.TryRent(40_000));
    }
}
