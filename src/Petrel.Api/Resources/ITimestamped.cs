namespace Petrel.Api.Resources;

/// <summary>A kind whose wishes say since when they hold: the time of the write where a client gives none.</summary>
public interface ITimestamped
{
    ApiObject WithTime(DateTimeOffset now);
}
