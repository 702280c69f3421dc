using System.Buffers;
using System.Text;

namespace Petrel.Metrics.Tests;

public class TimingHistogramTests
{
    [Fact]
    public void Every_nanosecond_is_an_observation()
    {
        var clock = new Clock();
        var used = new TimingHistogram([0, 0.5, 1], 1, clock);
        used.SetDenominator(4);
        clock.Advance(3);
        used.Set(2);
        clock.Advance(2);
        used.Add(2);
        used.SetDenominator(2);
        clock.Advance(1);
        used.Add(-4);
        clock.Advance(1);
        var output = new ArrayBufferWriter<byte>();
        used.Write(new MetricWriter(output), "used", "level=\"a\""u8);
        Assert.Equal(
            """
            used_bucket{level="a",le="0"} 4000000000
            used_bucket{level="a",le="0.5"} 6000000000
            used_bucket{level="a",le="1"} 6000000000
            used_bucket{level="a",le="+Inf"} 7000000000
            used_sum{level="a"} 3000000000
            used_count{level="a"} 7000000000

            """,
            Encoding.UTF8.GetString(output.WrittenSpan));
        Assert.Throws<ArgumentOutOfRangeException>(() => used.SetDenominator(0));
    }

    private sealed class Clock : TimeProvider
    {
        private long _ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _ticks;

        public void Advance(int seconds) => _ticks += seconds * TimeSpan.TicksPerSecond;
    }
}
