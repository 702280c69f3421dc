using Petrel.Api.Protobuf;

namespace Petrel.Api.Codecs;

/// <summary>metav1.Timestamp on the wire: {1: seconds since 1970, 2: nanoseconds}; an empty message is the zero time.</summary>
internal static class Timestamp
{
    private const long NanosecondsPerTick = 100;

    public static DateTimeOffset? Read(ref ProtobufReader reader)
    {
        var message = reader.ReadMessage();
        long seconds = 0;
        long nanoseconds = 0;
        var any = false;
        while (message.NextField() is var number and not 0)
        {
            any = true;
            switch (number)
            {
                case 1:
                    seconds = unchecked((long)message.ReadVarint());
                    break;
                case 2:
                    nanoseconds = unchecked((long)message.ReadVarint());
                    break;
                default:
                    message.Skip();
                    break;
            }
        }

        if (!any)
        {
            return null;
        }

        if (seconds < DateTimeOffset.MinValue.ToUnixTimeSeconds() || seconds > DateTimeOffset.MaxValue.ToUnixTimeSeconds()
            || nanoseconds is < 0 or >= 1_000_000_000)
        {
            throw new ProtobufException("a timestamp is out of range");
        }

        return DateTimeOffset.FromUnixTimeSeconds(seconds).AddTicks(nanoseconds / NanosecondsPerTick);
    }

    public static void Write(ProtobufWriter writer, int number, DateTimeOffset? value, bool wholeSeconds)
    {
        var before = writer.Length;
        if (value is { } time)
        {
            var nanoseconds = wholeSeconds ? 0 : time.UtcTicks % TimeSpan.TicksPerSecond * NanosecondsPerTick;
            writer.WriteVarint(2, (ulong)nanoseconds);
            writer.WriteVarint(1, unchecked((ulong)time.ToUnixTimeSeconds()));
        }

        writer.EndMessage(number, before);
    }
}
