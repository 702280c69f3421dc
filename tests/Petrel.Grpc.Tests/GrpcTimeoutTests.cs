using Xunit;

namespace Petrel.Grpc.Tests;

public sealed class GrpcTimeoutTests
{
    [Theory]
    [InlineData(1, "1u")]
    [InlineData(TimeSpan.TicksPerSecond, "1000000u")]
    [InlineData(120 * TimeSpan.TicksPerSecond, "120000m")]
    [InlineData((30 * TimeSpan.TicksPerHour) + 1, "108001S")]
    public void A_timeout_takes_the_finest_unit_that_fits_and_rounds_up(long ticks, string expected) =>
        Assert.Equal(expected, GrpcTimeout.Encode(TimeSpan.FromTicks(ticks)));
}
