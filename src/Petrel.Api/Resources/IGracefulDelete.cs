namespace Petrel.Api.Resources;

/// <summary>A kind that is deleted in two steps: marked first, removed when its time is over (Pod).</summary>
public interface IGracefulDelete
{
    /// <summary>
    /// Seconds until removal for a delete that asks for <paramref name="requested"/> (null: the object's own default).
    /// 0 removes at once.
    /// </summary>
    long GracePeriodSeconds(long? requested);
}
